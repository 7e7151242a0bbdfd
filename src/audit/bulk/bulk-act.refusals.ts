import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { BulkAct } from './bulk-act.entity.js';

@ObjectType({ implements: () => Refusal, description: 'Nobody approves or rejects what they proposed themselves.' })
export class OwnProposal extends Refusal {
  constructor() {
    super({
      zh: '不能审批自己提交的操作，请由另一位运营人员审批。',
      en: 'You proposed this yourself. Another operator must decide.',
    });
  }
}

@ObjectType({ implements: () => Refusal, description: 'Only who proposed it can take it back.' })
export class NotProposer extends Refusal {
  constructor() {
    super({ zh: '只有提交人可以撤回该操作。', en: 'Only who proposed this can take it back.' });
  }
}

@ObjectType({ implements: () => Refusal, description: 'It is decided, taken back or too old.' })
export class BulkActDecided extends Refusal {
  @Field(() => BulkAct, { description: 'The bulk act as it stands.' })
  readonly bulkAct: BulkAct;

  constructor(bulkAct: BulkAct) {
    super({ zh: '该操作已处理、已撤回或已过期。', en: 'This is decided, taken back or too old.' });
    this.bulkAct = bulkAct;
  }
}

export const BulkActDecisionResult = createUnionType({
  name: 'BulkActDecisionResult',
  description: 'The bulk act as it was decided, or why not.',
  types: () => [BulkAct, OwnProposal, BulkActDecided] as const,
});

export const BulkActWithdrawResult = createUnionType({
  name: 'BulkActWithdrawResult',
  description: 'The bulk act, taken back; or why not.',
  types: () => [BulkAct, NotProposer, BulkActDecided] as const,
});
