import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Currency, type Id, IdColumn, Minor } from '#common';
import type { SupplierId } from '../suppliers/supplier.entity.js';
import type { FreightCharge, FreightRule, FreightTerms } from './freight.rules.js';
import type { Region } from './region.rules.js';

export type FreightTemplateId = Id<'freight'>;

@ObjectType('FreightCharge', { description: 'What sending goods costs by weight.' })
export class FreightChargeType implements FreightCharge {
  @Field(() => Int, { description: 'Up to which weight only the first fee is charged, in grams.' })
  readonly firstGrams: number;

  @Field(() => Minor, { description: 'The fee for the first weight, in minor units.' })
  readonly firstMinor: number;

  @Field(() => Int, {
    description: 'The further weight that each further fee is for, in grams; one that is begun counts.',
  })
  readonly stepGrams: number;

  @Field(() => Minor, { description: 'The fee for each further weight, in minor units.' })
  readonly stepMinor: number;

  @Field(() => Minor, {
    nullable: true,
    description: 'From how much of the template’s goods on they are sent for nothing, in minor units; null if never.',
  })
  readonly freeFromMinor: number | null;
}

@ObjectType('FreightRule', { description: 'What sending goods to some regions costs.' })
export class FreightRuleType extends FreightChargeType implements FreightRule {
  @Field(() => [String], { description: 'Which regions, by the first two digits of their code in GB/T 2260.' })
  readonly regions: readonly Region[];
}

/** How a supplier charges for sending goods. Orders keep what they were charged, so a change concerns later ones only. */
@ObjectType({ description: 'How a supplier charges for sending goods, by region and weight.' })
@Entity()
export class FreightTemplate {
  @Field(() => ID, { description: 'The template’s id.' })
  @IdColumn('freight')
  id: FreightTemplateId;

  @IdColumn('supplier', { primary: false, update: false })
  supplierId: SupplierId;

  @Field(() => String, { description: 'What it is called; buyers read it.' })
  @Column('varchar')
  name: string;

  @Field(() => Int, { description: 'Which version; counts from 1.' })
  @Column('int')
  revision: number;

  @Column({
    type: 'text',
    transformer: {
      to: (terms: unknown) => (terms === undefined ? undefined : JSON.stringify(terms)),
      from: (stored: string | null) => (stored === null ? null : (JSON.parse(stored) as FreightTerms)),
    },
  })
  terms: FreightTerms;

  @Field(() => String, { description: 'ISO 4217 code of the fees’ currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;
}
