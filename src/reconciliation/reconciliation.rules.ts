import { secondsAfter, stateMachine, type Texts } from '#common';
import { CHINA_OFFSET_SECONDS } from '#wechat';
import type { BillDayStatus } from './bill-day.entity.js';
import type { FindingAdvice, FindingKind, FindingStatus, FindingSubject } from './finding.kinds.js';

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** A bill of yesterday is there from ten (wechat.md 2.8). */
const FROM_HOUR = 10;

/** The channel keeps bills for three months; their shortest three are 89 days. */
const ASKED_DAYS_MAX = 89;

export const billDayLife = stateMachine<BillDayStatus>({
  WAITING: ['FETCHED'],
  FETCHED: ['OPEN', 'CLOSED'],
  OPEN: ['CLOSED', 'WAITING'],
  CLOSED: [],
});

/** What has gone by itself may come back; what a person has resolved stays so. */
export const findingLife = stateMachine<FindingStatus>({
  OPEN: ['RESOLVED', 'DISSOLVED'],
  DISSOLVED: ['OPEN'],
  RESOLVED: [],
});

/** The channel's day of an instant, `2026-11-22`. */
export function channelDayOf(instant: Date): string {
  return secondsAfter(instant, CHINA_OFFSET_SECONDS).toISOString().slice(0, 10);
}

/** When a day of the channel begins and ends. */
export function spanOf(day: string): { readonly from: Date; readonly until: Date } {
  const from = secondsAfter(new Date(`${day}T00:00:00Z`), -CHINA_OFFSET_SECONDS);
  return { from, until: secondsAfter(from, DAY_SECONDS) };
}

/**
 * The days whose bills should be here, oldest first: from the first capture on, yesterday only from ten o'clock, and nothing that the channel does not keep any more.
 *
 * @param firstCaptureAt in channel time; null if nothing was ever captured
 */
export function daysToReconcile(firstCaptureAt: Date | null, now: Date): string[] {
  if (firstCaptureAt === null) return [];
  const last = channelDayOf(secondsAfter(now, -DAY_SECONDS - FROM_HOUR * HOUR_SECONDS));
  const oldest = channelDayOf(secondsAfter(now, -ASKED_DAYS_MAX * DAY_SECONDS));
  const firstDay = channelDayOf(firstCaptureAt);
  const days: string[] = [];
  let day = firstDay > oldest ? firstDay : oldest;
  while (day <= last) {
    days.push(day);
    day = channelDayOf(spanOf(day).until);
  }
  return days;
}

/** How long to wait after a bill could not be had: the channel wants half an hour while it makes one. */
export function tryAgainSeconds(why: 'NOT_YET' | 'DAMAGED' | 'TROUBLE'): number {
  return why === 'NOT_YET' ? 1_800 : 300;
}

/** What is known of a difference when it is decided what to do about it. */
export interface Difference {
  readonly kind: FindingKind;
  readonly subject: FindingSubject;
  /** Whether the number that the bill names is one of ours. */
  readonly isOurs: boolean;
  /** Where our refund stands; null if there is none, or it is about something else. */
  readonly ourState: string | null;
}

/** What is to be done about a difference. The channel is asked where its answer can end it. */
export function adviceFor({ kind, subject, isOurs, ourState }: Difference): FindingAdvice {
  if (subject !== 'TRADE' && subject !== 'REFUND') return 'CHECK_ACCOUNT';
  if (kind === 'MISSING') return 'CLAIM';
  if (kind === 'FEE') return 'CHECK_RATE';
  if (kind === 'EXTRA') return subject === 'TRADE' && isOurs ? 'CHANNEL_ASKED' : 'FIND_OWNER';
  const isUnderWay = kind === 'STATE' && subject === 'REFUND' && ourState !== 'SUCCEEDED' && ourState !== 'CLOSED';
  return isUnderWay ? 'CHANNEL_ASKED' : 'COMPARE';
}

/** Whether the channel's answer about the number says more than its bill: it may end the difference, or tell what the channel knows of what the bill lacks. */
export function canChannelTell({
  kind,
  subject,
  advice,
}: Pick<Difference, 'kind' | 'subject'> & { readonly advice: FindingAdvice }): boolean {
  return advice === 'CHANNEL_ASKED' || (kind === 'MISSING' && (subject === 'TRADE' || subject === 'REFUND'));
}

const WHAT_TO_DO: Readonly<Record<FindingAdvice, Texts>> = {
  CHANNEL_ASKED: {
    zh: '正在向微信支付核实，核实后会自动消除；次日仍在时，请在商户平台查询该单号。',
    en: 'WeChat Pay is being asked; it goes by itself once that has cleared it up. If it is still here tomorrow, look the number up in the merchant console.',
  },
  FIND_OWNER: {
    zh: '该单号不属于本店系统。请在商户平台查明由谁收款或退款，再写明原因予以处理。',
    en: 'The number is none of this system. Find out in the merchant console who took or gave back the money, then resolve it with the reason.',
  },
  CLAIM: {
    zh: '账单中没有该笔记录。请先重新获取账单；仍没有时，请凭单号联系微信支付客服。',
    en: 'The bill does not have it. Fetch the bill again; if it is still missing, ask WeChat Pay’s support with the number.',
  },
  COMPARE: {
    zh: '请在商户平台核对金额和状态。以渠道为准时，请补记或追回差额，再写明原因。',
    en: 'Compare amount and state in the merchant console. If the channel is right, book or recover the difference, then resolve it with the reason.',
  },
  CHECK_RATE: {
    zh: '手续费与费率不符。请核对合同费率，并凭单号联系微信支付客服。',
    en: 'The fee does not follow from its rate. Compare it with the contract, and ask WeChat Pay’s support with the number.',
  },
  CHECK_ACCOUNT: {
    zh: '资金账单与交易账单或账户余额不符。请在商户平台的资金流水中核对。',
    en: 'What moved in the account does not fit the trades or the balance. Look it up among the movements in the merchant console.',
  },
};

/** What is to be done, for people. */
export function whatToDo(advice: FindingAdvice): Texts {
  return WHAT_TO_DO[advice];
}
