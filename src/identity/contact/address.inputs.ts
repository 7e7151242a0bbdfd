import { Field, ID, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsBoolean, IsOptional, ValidateNested } from 'class-validator';
import { IsId, RepeatableInput } from '#common';
import type { AddressId } from './address.entity.js';
import { LABEL_CHARACTERS_MAX } from './address.rules.js';
import { DeliveryAddressInput } from './delivery-address.input.js';
import { Line, nullIfBlank, Rewritten } from './line.js';

const LABEL = `What one calls it, such as 家. At most ${LABEL_CHARACTERS_MAX} characters`;

@InputType({ description: 'A further address for one’s address book.' })
export class AddressAddInput extends RepeatableInput {
  @Type(() => DeliveryAddressInput)
  @ValidateNested()
  @Field(() => DeliveryAddressInput, { description: 'Where it is, and whose name is on the parcel.' })
  address: DeliveryAddressInput;

  @IsOptional()
  @Rewritten(nullIfBlank)
  @Line(LABEL_CHARACTERS_MAX)
  @Field(() => String, { nullable: true, description: `${LABEL}.` })
  label?: string | null;

  @IsBoolean()
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether it becomes the default; the first address does in any case.',
  })
  isDefault: boolean;
}

@InputType({ description: 'An address of one’s own.' })
export class AddressInput {
  @IsId('address')
  @Field(() => ID, { description: 'The `id` in `addresses`.' })
  addressId: AddressId;
}

@InputType({ description: 'What to change about an address; what is left out stays as it is.' })
export class AddressChangeInput extends AddressInput {
  @Type(() => DeliveryAddressInput)
  @IsOptional()
  @ValidateNested()
  @Field(() => DeliveryAddressInput, { nullable: true, description: 'The whole address as it is from now on.' })
  address?: DeliveryAddressInput | null;

  @IsOptional()
  @Rewritten(nullIfBlank)
  @Line(LABEL_CHARACTERS_MAX)
  @Field(() => String, { nullable: true, description: `${LABEL}; null or blanks take it away.` })
  label?: string | null;
}
