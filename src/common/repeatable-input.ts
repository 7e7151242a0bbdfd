import { Field, InputType } from '@nestjs/graphql';
import { Matches } from 'class-validator';

/** What makes repeating a request safe. */
@InputType({ isAbstract: true })
export abstract class RepeatableInput {
  @Matches(/^[\w-]{8,64}$/, {
    context: { zh: '必须是 8 至 64 个字母、数字、下划线或连字符。', en: 'Must be 8 to 64 letters, digits, _ or -.' },
  })
  @Field(() => String, {
    description:
      'Chosen by the client, 8 to 64 letters, digits, `_` or `-`; the same for every repetition of the same request.',
  })
  idempotencyKey: string;
}
