import { refusalCode } from './channel.error.js';

/**
 * Why WeChat makes no code or link, as far as somebody can do something about it.
 * - `LIMIT`: it has made as many as it does for now.
 * - `PAGE`: the released mini-program has no such page, or there is no release.
 * - `NOT_PERMITTED`: the mini-program may not have any; only its owner can change that.
 */
export type ShareFault = 'LIMIT' | 'PAGE' | 'NOT_PERMITTED';

const FAULTS: Readonly<Record<ShareFault, readonly string[]>> = {
  LIMIT: ['44990', '44991', '44993', '45009', '45011', '85400'],
  PAGE: ['40066', '40165', '41030', '85079', '85402'],
  NOT_PERMITTED: ['40002', '40013', '48001'],
};

/** WeChat refuses a code or a link for a reason that is not the request's shape. */
export class ShareRejected extends Error {
  override readonly name = 'ShareRejected';

  constructor(
    readonly fault: ShareFault,
    cause: unknown,
  ) {
    super(`WeChat makes no code or link: ${fault}`, { cause });
  }
}

/** A failure as callers can act on it: ShareRejected where one of its faults fits, otherwise what it was. */
export function shareFailure(error: unknown): unknown {
  const code = refusalCode(error) ?? '';
  const faults = Object.keys(FAULTS) as ShareFault[];
  const fault = faults.find((each) => FAULTS[each].includes(code));
  return fault ? new ShareRejected(fault, error) : error;
}
