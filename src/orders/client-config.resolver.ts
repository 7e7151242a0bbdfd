import { Int, ResolveField, Resolver } from '@nestjs/graphql';
import { ClientConfig, Config } from '#common';
import { LINES_MAX, UNITS_PER_LINE_MAX } from './order.inputs.js';

@Resolver(() => ClientConfig)
export class OrdersClientConfigResolver {
  constructor(private readonly config: Config) {}

  @ResolveField(() => Int, {
    description: 'How long a buyer may take to pay, in seconds; an order says when its time is over.',
  })
  payWindowSeconds(): number {
    return this.config.PAY_WINDOW_SECONDS;
  }

  @ResolveField(() => Int, { description: 'How many lines a checkout may have.' })
  linesMax(): number {
    return LINES_MAX;
  }

  @ResolveField(() => Int, { description: 'How many units a line or a seat may have.' })
  unitsPerLineMax(): number {
    return UNITS_PER_LINE_MAX;
  }
}
