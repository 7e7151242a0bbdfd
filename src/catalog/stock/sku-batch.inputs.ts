import { applyDecorators } from '@nestjs/common';
import { Field, InputType } from '@nestjs/graphql';
import { Transform, type TransformFnParams } from 'class-transformer';
import { IsOptional, Matches } from 'class-validator';
import { IsDay, MaxCharacters } from '#common';

const NUMBER_CHARACTERS_MAX = 64;

/** Printers and people write it in either case and with blanks around it. */
export function BatchNumberField(options: {
  readonly nullable?: boolean;
  readonly description: string;
}): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: TransformFnParams): unknown =>
      typeof value === 'string' ? value.trim().toUpperCase() : value,
    ),
    Matches(/^[^\p{C}]+$/u, { context: { zh: '必须是一行批号。', en: 'Must be one line that is not blank.' } }),
    MaxCharacters(NUMBER_CHARACTERS_MAX),
    Field(() => String, options),
  );
}

function DayField(description: string): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    IsDay(),
    Field(() => String, { nullable: true, description }),
  );
}

@InputType({ description: 'A batch in which goods were made.' })
export class SkuBatchInput {
  @BatchNumberField({ description: 'Its number as it is printed on the goods, one line of at most 64 characters.' })
  number: string;

  @DayField('The day on which it was made, `2026-11-22`.')
  producedOn?: string | null;

  @DayField('The last day on which it is good, not before it was made.')
  expiresOn?: string | null;
}
