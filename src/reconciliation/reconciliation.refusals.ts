import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { BillDay } from './bill-day.entity.js';
import { Finding } from './finding.entity.js';

@ObjectType({ implements: () => Refusal, description: 'The finding is resolved already, or has gone by itself.' })
export class FindingNotOpen extends Refusal {
  @Field(() => Finding, { description: 'The finding as it stands.' })
  readonly finding: Finding;

  constructor(finding: Finding) {
    super({ zh: '该差异已处理或已自动消除。', en: 'This finding is resolved already, or has gone by itself.' });
    this.finding = finding;
  }
}

@ObjectType({ implements: () => Refusal, description: 'The bill is closed, so it stays as it is.' })
export class BillDayClosed extends Refusal {
  @Field(() => BillDay, { description: 'The bill as it stands.' })
  readonly billDay: BillDay;

  constructor(billDay: BillDay) {
    super({ zh: '该账单已对平，不能重新获取。', en: 'This bill is closed, so it is not fetched again.' });
    this.billDay = billDay;
  }
}

export const FindingResolveResult = createUnionType({
  name: 'FindingResolveResult',
  description: 'The finding, resolved; or why not.',
  types: () => [Finding, FindingNotOpen] as const,
});

export const BillDayFetchAnewResult = createUnionType({
  name: 'BillDayFetchAnewResult',
  description: 'The bill, which is going to be fetched; or why not.',
  types: () => [BillDay, BillDayClosed] as const,
});
