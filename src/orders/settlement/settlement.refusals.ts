import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { SupplierRate } from './supplier-rate.entity.js';

@ObjectType({
  implements: () => Refusal,
  description: 'A rate never holds for what is ordered already, and a higher one is announced seven days before.',
})
export class RateTooSoon extends Refusal {
  @Field(() => Date, { description: 'The earliest time from which it may hold.' })
  readonly earliest: Date;

  constructor(earliest: Date) {
    super({
      zh: '费率不能追溯生效，上调须提前七天公示，请选择更晚的生效时间。',
      en: 'A rate does not reach back, and a higher one is announced seven days before. Please choose a later time.',
    });
    this.earliest = earliest;
  }
}

export const SupplierRateSetResult = createUnionType({
  name: 'SupplierRateSetResult',
  description: 'The rate, or why it cannot be set.',
  types: () => [SupplierRate, RateTooSoon] as const,
});
