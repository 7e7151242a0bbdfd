import { applyDecorators } from '@nestjs/common';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Transform, type TransformFnParams } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { IsDay, IsId, MaxCharacters, Reason, RepeatableInput } from '#common';
import type { OrderId } from '#orders';
import { type InvoiceId, TitleKind } from './invoice.entity.js';
import { EMAIL_CHARACTERS_MAX, FILE_BYTES_MAX, TITLE_CHARACTERS_MAX } from './invoice.limits.js';

function Trimmed(): PropertyDecorator {
  return Transform(({ value }: TransformFnParams): unknown => (typeof value === 'string' ? value.trim() : value));
}

function InvoiceField(): PropertyDecorator {
  return applyDecorators(
    IsId('invoice'),
    Field(() => ID, { description: 'Which invoice.' }),
  );
}

@InputType({ description: 'An invoice that a buyer asks for.' })
export class InvoiceRequestInput extends RepeatableInput {
  @IsId('order')
  @Field(() => ID, { description: 'Of which order of one’s own.' })
  orderId: OrderId;

  @IsIn(Object.values(TitleKind))
  @Field(() => TitleKind, { description: 'To whom it is made out.' })
  titleKind: TitleKind;

  @Trimmed()
  @Matches(/^\P{C}+$/u, { context: { zh: '请填写发票抬头。', en: 'Must be one line that is not blank.' } })
  @MaxCharacters(TITLE_CHARACTERS_MAX)
  @Field(() => String, { description: `The name on it, one line of 1 to ${TITLE_CHARACTERS_MAX} characters.` })
  title: string;

  @IsOptional()
  @Transform(({ value }: TransformFnParams): unknown =>
    typeof value === 'string' ? value.replaceAll(/\s/g, '').toUpperCase() : value,
  )
  @Matches(/^[\dA-Z]{18}$/, {
    context: { zh: '必须是十八位统一社会信用代码。', en: 'Must be a unified social credit code of 18 signs.' },
  })
  @Field(() => String, {
    nullable: true,
    description: 'The unified social credit code, 18 signs (GB 32100-2015); for COMPANY, and for nothing else.',
  })
  taxNumber?: string | null;

  @IsOptional()
  @Trimmed()
  @Matches(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, {
    context: { zh: '必须是一个邮箱地址。', en: 'Must be an e-mail address.' },
  })
  @MaxCharacters(EMAIL_CHARACTERS_MAX)
  @Field(() => String, { nullable: true, description: 'Where whoever issues it may send it as well.' })
  email?: string | null;
}

@InputType({ description: 'An invoice.' })
export class InvoiceInput {
  @InvoiceField()
  invoiceId: InvoiceId;
}

@InputType({ description: 'A file of an invoice that is going to be uploaded.' })
export class InvoiceFileUploadInput extends InvoiceInput {
  @IsInt()
  @Min(1)
  @Max(FILE_BYTES_MAX)
  @Field(() => Int, { description: 'How many bytes the PDF has, exactly.' })
  sizeBytes: number;
}

@InputType({ description: 'An invoice, or the red-letter invoice of one, as the tax bureau’s platform has issued it.' })
export class InvoiceIssueInput extends InvoiceInput {
  @Matches(/^\d{20}$/, { context: { zh: '必须是二十位数字。', en: 'Must be 20 digits.' } })
  @Field(() => String, { description: 'Its number: 20 digits.' })
  number: string;

  @IsDay()
  @Field(() => String, { description: 'The day on it, `2026-11-22`, not after today.' })
  issuedOn: string;

  @Reason()
  reason: string;
}

@InputType({ description: 'An invoice that cannot be issued.' })
export class InvoiceFailInput extends InvoiceInput {
  @Reason()
  reason: string;
}
