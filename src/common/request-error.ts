import { IntrinsicException } from '@nestjs/common';
import type { Language, Texts } from './language.js';

export type RequestErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'TOO_MANY_SUBSCRIPTIONS'
  | 'LOGIN_TOO_OLD'
  | 'TOO_MANY_REQUESTS';

/** One thing that is wrong with an input, and where. */
export interface FieldMistake {
  /** The argument's path as the client wrote it, with indexes of lists: `input.lines.0.quantity`. */
  readonly path: string;
  readonly texts: Texts;
}

/** Enough to mend any form. A body full of mistakes must not come back several times its size. */
const MISTAKES_MAX = 50;

/**
 * A request that cannot be served as it was asked: not signed in, not yours, malformed, a reused key. Nothing was changed.
 * Intrinsic to what was asked, so Nest does not log it.
 */
export class RequestError extends IntrinsicException {
  override readonly name = 'RequestError';

  constructor(
    readonly code: RequestErrorCode,
    readonly texts: Texts,
    readonly mistakes: readonly FieldMistake[] = [],
  ) {
    super(texts.en);
  }
}

export function badInput(...mistakes: FieldMistake[]): RequestError {
  const told = mistakes.slice(0, MISTAKES_MAX);
  const list = (language: Language): string =>
    told.map(({ path, texts }) => `${path}${language === 'zh' ? '：' : ': '}${texts[language]}`).join(' ');
  return new RequestError(
    'BAD_USER_INPUT',
    { zh: `请求参数有误。${list('zh')}`, en: `The input is not valid. ${list('en')}` },
    told,
  );
}

/** The same answer for what does not exist and for what is somebody else's, so that ids cannot be probed. */
export function notFound(path: string): RequestError {
  return new RequestError('NOT_FOUND', { zh: '没有找到该内容。', en: 'There is no such thing.' }, [
    { path, texts: { zh: '没有找到。', en: 'Does not exist.' } },
  ]);
}
