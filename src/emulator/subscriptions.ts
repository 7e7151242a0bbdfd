import { randomBytes } from 'node:crypto';
import type { BusinessClock } from './clock.js';
import { ControlError } from './errors.js';
import { openidOf } from './ids.js';
import type { Settings } from './options.js';
import type { Pusher } from './pusher.js';
import { numberedRefusal } from './refusals.js';
import type { Store, Table } from './store.js';

interface Grants {
  readonly openid: string;
  readonly templateId: string;
  readonly remaining: number;
}

/** A message as it lies in somebody's WeChat. */
export interface DeliveredMessage {
  readonly msgId: string;
  readonly openid: string;
  readonly templateId: string;
  readonly page: string | null;
  readonly data: Readonly<Record<string, string>>;
  readonly sentAtMs: number;
}

export interface Answer {
  readonly templateId: string;
  readonly isAccepted: boolean;
}

/** What people have allowed the shop to send them: one message of a template for each time they said yes (`wechat.md` 1.6). */
export class Subscriptions {
  readonly #grants: Table<Grants>;
  readonly #delivered: Table<DeliveredMessage>;

  constructor(
    private readonly settings: Settings,
    store: Store,
    private readonly clock: BusinessClock,
    private readonly pusher: Pusher,
  ) {
    this.#grants = store.table('message_grants');
    this.#delivered = store.table('messages');
  }

  get delivered(): DeliveredMessage[] {
    return [...this.#delivered.values()];
  }

  get grants(): Grants[] {
    return [...this.#grants.values()];
  }

  /**
   * Somebody answers the sheet of `wx.requestSubscribeMessage`.
   *
   * @param isPushed whether the shop is told, besides by its own mini-program
   * @throws ControlError NO_SUCH_TEMPLATE
   */
  answer(person: string, answers: readonly Answer[], isPushed: boolean): void {
    const openid = openidOf(this.settings.appId, person);
    for (const { templateId } of answers) this.#checkKnown(templateId);
    for (const { templateId, isAccepted } of answers)
      if (isAccepted) this.#put(openid, templateId, this.#remaining(openid, templateId) + 1);
    if (!isPushed) return;
    const list = answers.map((answer) => ({ ...answered(answer), PopupScene: '0' }));
    this.pusher.tell(openid, 'subscribe_msg_popup_event', { List: list });
  }

  /**
   * Somebody switches a template off in WeChat's own settings.
   *
   * @throws ControlError NO_SUCH_TEMPLATE
   */
  switchOff(person: string, templateId: string): void {
    this.#checkKnown(templateId);
    const openid = openidOf(this.settings.appId, person);
    this.#put(openid, templateId, 0);
    // WeChat writes a list of one as the item alone, now and then.
    this.pusher.tell(openid, 'subscribe_msg_change_event', { List: answered({ templateId, isAccepted: false }) });
  }

  /** @throws ApiError 40037 or 43101 */
  send({ openid, templateId, ...said }: Pick<DeliveredMessage, 'openid' | 'templateId' | 'page' | 'data'>): void {
    if (!this.settings.templateIds.includes(templateId)) throw numberedRefusal('40037');
    const remaining = this.#remaining(openid, templateId);
    if (remaining === 0) throw numberedRefusal('43101');
    this.#put(openid, templateId, remaining - 1);
    const msgId = String(randomBytes(6).readUIntBE(0, 6));
    this.#delivered.put(msgId, { ...said, msgId, openid, templateId, sentAtMs: this.clock.nowMs() });
    const item = { TemplateId: templateId, MsgID: msgId, ErrorCode: '0', ErrorStatus: 'success' };
    this.pusher.tell(openid, 'subscribe_msg_sent_event', { List: [item] });
  }

  #checkKnown(templateId: string): void {
    if (!this.settings.templateIds.includes(templateId))
      throw new ControlError(404, 'NO_SUCH_TEMPLATE', 'the shop has no such template');
  }

  #remaining(openid: string, templateId: string): number {
    return this.#grants.get(`${openid} ${templateId}`)?.remaining ?? 0;
  }

  #put(openid: string, templateId: string, remaining: number): void {
    this.#grants.put(`${openid} ${templateId}`, { openid, templateId, remaining });
  }
}

function answered({ templateId, isAccepted }: Answer) {
  return { TemplateId: templateId, SubscribeStatusString: isAccepted ? 'accept' : 'reject' };
}
