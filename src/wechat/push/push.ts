import { createHash } from 'node:crypto';
import { Malformed, parseJson, Reader } from '../reader.js';

const EVENT_CHARACTERS_MAX = 64;

/** What somebody has answered about a template: in the sheet that the mini-program shows, or later in WeChat's own settings. */
export interface TemplateAnswer {
  readonly templateId: string;
  readonly isAccepted: boolean;
}

/** What became of a message that WeChat had taken: `0` if it was delivered, else WeChat's code. */
export interface MessageResult {
  readonly templateId: string;
  readonly code: string;
}

/** What an event says, as far as anybody here reads it; null for all other events. */
export type PushSaid =
  | { readonly kind: 'ASKED' | 'CHANGED'; readonly answers: readonly TemplateAnswer[] }
  | { readonly kind: 'SENT'; readonly results: readonly MessageResult[] }
  | null;

/** One event, verified and decrypted. */
export interface Push {
  /** The same however often it is sent, and another for every other event: SHA-256 of what it says. */
  readonly identity: Buffer;
  /** WeChat's name of the event, or the type of a message that is none. */
  readonly event: string;
  /** Of whom it tells. */
  readonly openid: string;
  readonly createdAt: Date;
  readonly said: PushSaid;
}

/**
 * Reads what was pushed.
 *
 * @throws Malformed
 */
export function readPush(message: Buffer): Push {
  const fields = Reader.ofJson(message);
  const type = fields.text('MsgType');
  const event = type === 'event' ? fields.text('Event') : type;
  if (event.length > EVENT_CHARACTERS_MAX) throw new Malformed('Event is too long');
  return {
    identity: createHash('sha256')
      .update(canonical(parseJson(message)))
      .digest(),
    event,
    openid: fields.text('FromUserName'),
    createdAt: new Date(Number(fields.digits('CreateTime', 10)) * 1_000),
    said: readSaid(event, fields),
  };
}

function readSaid(event: string, fields: Reader): PushSaid {
  if (event === 'subscribe_msg_popup_event')
    return { kind: 'ASKED', answers: fields.oneOrMore('List').map(readAnswer) };
  if (event === 'subscribe_msg_change_event')
    return { kind: 'CHANGED', answers: fields.oneOrMore('List').map(readAnswer) };
  if (event === 'subscribe_msg_sent_event') return { kind: 'SENT', results: fields.oneOrMore('List').map(readResult) };
  return null;
}

function readAnswer(item: Reader): TemplateAnswer {
  const answer = item.text('SubscribeStatusString');
  return { templateId: item.text('TemplateId'), isAccepted: answer === 'accept' };
}

function readResult(item: Reader): MessageResult {
  return { templateId: item.text('TemplateId'), code: item.digits('ErrorCode', 10) };
}

/** The same text for the same content, whatever the order of its fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
