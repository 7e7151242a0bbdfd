import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { Logger } from '@nestjs/common';
import { type FieldMistake, type Language, RequestError, type Texts } from '#common';
import { StorageError } from '#media';
import { ChannelError } from '#wechat';

/** What a client may know of an error, whichever door it came through. */
export interface Explanation {
  readonly code: string;
  readonly texts: Texts;
  readonly mistakes?: readonly FieldMistake[];
  /** Under which the log has what the client may not know. */
  readonly traceId?: string;
}

const INTERNAL: Texts = {
  zh: '系统繁忙，请稍后再试。',
  en: 'Something went wrong on our side. Please try again.',
};
const CHANNEL_UNAVAILABLE: Texts = {
  zh: '微信服务暂时不可用，请稍后再试。',
  en: 'WeChat cannot be reached at the moment. Please try again.',
};
const STORAGE_UNAVAILABLE: Texts = {
  zh: '图片服务暂时不可用，请稍后再试。',
  en: 'The image storage cannot be reached at the moment. Please try again.',
};

const logger = new Logger('Api');

/** Never SQL, never a stack: what is not meant for clients is logged under a trace id, and only the id is told. */
export function explain(error: unknown): Explanation {
  if (error instanceof RequestError) return { code: error.code, texts: error.texts, mistakes: error.mistakes };
  if (error instanceof ChannelError) {
    logger.warn(error.message);
    return { code: 'CHANNEL_UNAVAILABLE', texts: CHANNEL_UNAVAILABLE };
  }
  if (error instanceof StorageError) {
    logger.warn(error.message);
    return { code: 'STORAGE_UNAVAILABLE', texts: STORAGE_UNAVAILABLE };
  }
  const traceId = randomUUID();
  logger.error(`${traceId}: ${inTheLog(error)}`);
  return { code: 'INTERNAL', texts: INTERNAL, traceId };
}

/** The `extensions` of an error in a GraphQL answer, in one language. */
export function extensionsOf(
  { code, mistakes = [], traceId }: Explanation,
  language: Language,
): Record<string, unknown> {
  const fields = mistakes.map(({ path, texts }) => ({ path, message: texts[language] }));
  return { code, ...(fields.length > 0 ? { fields } : {}), ...(traceId === undefined ? {} : { traceId }) };
}

/** Stacks down to the first cause. Other properties stay out: a failed query carries its parameters, and they may be secrets. */
function inTheLog(error: unknown): string {
  if (!(error instanceof Error)) return `something that is no Error was thrown: ${inspect(error)}`;
  const cause = error.cause === undefined ? '' : `\ncaused by ${inTheLog(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
