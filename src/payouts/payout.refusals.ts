import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { OwnProposal } from '#audit';
import { Minor, Refusal } from '#common';
import { Payout } from './payout.entity.js';

@ObjectType({ implements: () => Refusal, description: 'The supplier is not owed so much.' })
export class PayoutTooLarge extends Refusal {
  @Field(() => Minor, { description: 'What the supplier is owed, in minor units.' })
  readonly owedMinor: number;

  constructor(owedMinor: number) {
    super({ zh: '金额超过应付余额。', en: 'The supplier is owed less than that.' });
    this.owedMinor = owedMinor;
  }
}

@ObjectType({
  implements: () => Refusal,
  description:
    'Money went back to buyers that the supplier had been given; nothing is paid until new sales make up for it.',
})
export class SupplierOwes extends Refusal {
  @Field(() => Minor, { description: 'What the supplier owes, in minor units.' })
  readonly owesMinor: number;

  constructor(owesMinor: number) {
    super({
      zh: '供应商有待抵扣的欠款，抵清前不能付款。',
      en: 'The supplier owes for refunds; nothing is paid until that is made up for.',
    });
    this.owesMinor = owesMinor;
  }
}

@ObjectType({ implements: () => Refusal, description: 'A payout of this supplier is open already; one at a time.' })
export class PayoutOpen extends Refusal {
  @Field(() => Payout, { description: 'The one that is open.' })
  readonly payout: Payout;

  constructor(payout: Payout) {
    super({
      zh: '该供应商已有未完成的付款，请先处理。',
      en: 'A payout of this supplier is open. Finish that one first.',
    });
    this.payout = payout;
  }
}

@ObjectType({ implements: () => Refusal, description: 'It stands where this cannot be done.' })
export class PayoutStands extends Refusal {
  @Field(() => Payout, { description: 'The payout as it stands.' })
  readonly payout: Payout;

  constructor(payout: Payout) {
    super({ zh: '该付款当前状态不允许此操作。', en: 'This cannot be done to the payout as it stands.' });
    this.payout = payout;
  }
}

@ObjectType({ implements: () => Refusal, description: 'Another payout has this number of the bank’s.' })
export class PayoutReferenceTaken extends Refusal {
  constructor() {
    super({ zh: '该银行流水号已登记在其他付款上。', en: 'Another payout has this number of the bank’s.' });
  }
}

export const PayoutProposeResult = createUnionType({
  name: 'PayoutProposeResult',
  description: 'The payout, which waits for a second person; or why not.',
  types: () => [Payout, PayoutTooLarge, SupplierOwes, PayoutOpen] as const,
});

export const PayoutApproveResult = createUnionType({
  name: 'PayoutApproveResult',
  description: 'The payout, to be transferred; or why not.',
  types: () => [Payout, OwnProposal, SupplierOwes, PayoutStands] as const,
});

export const PayoutEnterResult = createUnionType({
  name: 'PayoutEnterResult',
  description: 'The payout as it was paid, or why not.',
  types: () => [Payout, PayoutStands, PayoutReferenceTaken] as const,
});

export const PayoutCancelResult = createUnionType({
  name: 'PayoutCancelResult',
  description: 'The payout, cancelled; or why not.',
  types: () => [Payout, PayoutStands] as const,
});
