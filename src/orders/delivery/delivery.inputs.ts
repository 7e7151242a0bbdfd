import { Field, ID, InputType } from '@nestjs/graphql';
import { Transform, type TransformFnParams, Type } from 'class-transformer';
import { IsOptional, ValidateBy, ValidateIf, ValidateNested, type ValidationArguments } from 'class-validator';
import { IsId, type Texts } from '#common';
import { type AddressId, DeliveryAddressInput } from '#identity';

const ONE_OF_BOTH: Texts = {
  zh: '请填写收货地址，或从地址簿中选择一个，二者只能选其一。',
  en: 'Must be given, or an address of one’s address book by its id; not both.',
};

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** Exactly one of the two is given. Whether it is missing or one too many, it is told where the address should be. */
function isOneOfBoth(_address: unknown, asked?: ValidationArguments): boolean {
  const { address, addressId } = asked?.object as DeliveryInput;
  return isGiven(address) !== isGiven(addressId);
}

@InputType({ description: 'Where an order goes: an address, or one of one’s address book.' })
export class DeliveryInput {
  @Type(() => DeliveryAddressInput)
  @Transform(({ value }: TransformFnParams): unknown => value ?? undefined) // Null is as good as left out.
  @ValidateIf(({ address, addressId }: DeliveryInput) => isGiven(address) || !isGiven(addressId))
  @ValidateNested()
  @ValidateBy({ name: 'isOneOfBoth', validator: { validate: isOneOfBoth } }, { context: ONE_OF_BOTH })
  @Field(() => DeliveryAddressInput, { nullable: true, description: 'The address that it is sent to.' })
  address?: DeliveryAddressInput | null;

  @IsOptional()
  @IsId('address')
  @Field(() => ID, {
    nullable: true,
    description: 'In its place an address of one’s own by its `id` in `addresses`; the order keeps a copy of it.',
  })
  addressId?: AddressId | null;
}
