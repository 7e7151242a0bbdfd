import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { ConsentMissing, Refusal } from '#common';
import { Address } from './address.entity.js';

@ObjectType({ implements: () => Refusal, description: 'An address book holds no more than that.' })
export class TooManyAddresses extends Refusal {
  @Field(() => Int, { description: 'How many addresses one may have.' })
  readonly addressesMax: number;

  constructor(addressesMax: number) {
    super({
      zh: `最多只能保存${addressesMax}个地址，请先删除不用的地址。`,
      en: `You can keep at most ${addressesMax} addresses. Please remove one first.`,
    });
    this.addressesMax = addressesMax;
  }
}

export const AddressAddResult = createUnionType({
  name: 'AddressAddResult',
  description: 'The address, or why not.',
  types: () => [Address, ConsentMissing, TooManyAddresses] as const,
});
