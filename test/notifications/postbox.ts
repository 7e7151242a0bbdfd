import { randomUUID } from 'node:crypto';
import { idBytes, newId, Transactor } from '#common';
import { DeliveryDriver, InboxService, KINDS, MessageKind } from '#notifications';
import type { UserId } from '#identity';
import { openidOf } from '../../src/emulator/ids.js';
import type { Phone } from '../support/phone.js';
import { Shop, type ShopOptions } from '../support/shop.js';
import { settle, until } from '../support/sound.js';

/** The id of the template of each kind. */
export const TEMPLATE_IDS = Object.fromEntries(
  Object.values(MessageKind).map((kind) => [kind, `tpl_${KINDS[kind].template}`]),
) as Readonly<Record<MessageKind, string>>;

const SUBSCRIBE_TEMPLATES = Object.values(MessageKind)
  .map((kind) => `${KINDS[kind].template}:${TEMPLATE_IDS[kind]}`)
  .join(',');

/** Noon in Shanghai, some days from now. */
export const NOON = new Date(`${new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)}T04:00:00Z`);

/** A shop that has registered a template for each kind. */
export async function openPostShop({ environment = {}, ...options }: ShopOptions = {}): Promise<Shop> {
  const shop = await Shop.open({
    environment: { BUSINESS_CLOCK: 'simulated', SUBSCRIBE_TEMPLATES, ...environment },
    wechat: { refundGapSeconds: 0 },
    ...options,
  });
  if ((environment.BUSINESS_CLOCK ?? 'simulated') === 'simulated') await shop.setTime(NOON);
  return shop;
}

/** Somebody says yes or no in the sheet that WeChat shows. */
export async function answer(
  shop: Shop,
  person: string,
  kind: MessageKind,
  { accept = true, push = true }: { accept?: boolean; push?: boolean } = {},
): Promise<void> {
  const answers = [{ template_id: TEMPLATE_IDS[kind], accept }];
  await shop.emulate('/emulator/subscribe-answers', { person, answers, push });
}

export interface SettingsAnswer {
  readonly kinds: readonly {
    readonly kind: MessageKind;
    readonly isOn: boolean;
    readonly templateId: string | null;
    readonly sendsLeft: number;
  }[];
}

const SETTINGS = '__typename kinds { kind isOn templateId sendsLeft }';

/** The phone tells the shop what was answered. */
export function report(
  phone: Phone,
  answers: readonly (readonly [templateId: string, isAccepted: boolean])[],
  idempotencyKey: string = randomUUID(),
): Promise<SettingsAnswer> {
  const input = { answers: answers.map(([templateId, isAccepted]) => ({ templateId, isAccepted })), idempotencyKey };
  return phone.ask(
    `mutation ($input: MessageGrantsRecordInput!) { messageGrantsRecord(input: $input) { ${SETTINGS} } }`,
    { input },
  );
}

/** Somebody says yes, and both WeChat and the phone tell the shop. */
export async function allow(shop: Shop, phone: Phone, kind: MessageKind, times = 1): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await answer(shop, phone.person, kind);
    await report(phone, [[TEMPLATE_IDS[kind], true]]);
  }
  await heard(shop);
}

export function settingsOf(phone: Phone): Promise<SettingsAnswer> {
  return phone.ask(`{ messageSettings { ${SETTINGS} } }`);
}

export async function sendsLeft(phone: Phone, kind: MessageKind): Promise<number> {
  return (await settingsOf(phone)).kinds.find((each) => each.kind === kind)!.sendsLeft;
}

export function switchTo(phone: Phone, kind: MessageKind, isOn: boolean): Promise<SettingsAnswer> {
  return phone.ask(
    `mutation ($input: MessageSettingsUpdateInput!) { messageSettingsUpdate(input: $input) { ${SETTINGS} } }`,
    { input: { kind, isOn } },
  );
}

/** Waits until the shop has heard every push, and works them off. */
export async function heard(shop: Shop): Promise<void> {
  await until(async () => (await pushes(shop)).undelivered === 0, 'every push is heard');
  await settle(shop);
}

export async function pushes(shop: Shop): Promise<{ undelivered: number; accepted_forgeries: number }> {
  return (await (await fetch(`${shop.emulator.url}/emulator/books/pushes`)).json()) as {
    undelivered: number;
    accepted_forgeries: number;
  };
}

/** Something that happens to somebody: a refund, unless another kind is named. */
export async function tell(
  shop: Shop,
  userId: UserId,
  kind: MessageKind = 'REFUND_SUCCEEDED',
  times = 1,
): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const [subjectId, occasionId] = [newId(KINDS[kind].subject), newId('refund')];
    const params = { title: '砂糖橘', amountMinor: 2_990, size: 2, carrier: 'YTO', at: NOON.toISOString() };
    await shop
      .get(Transactor)
      .run((db) => shop.get(InboxService).tell(db, kind, [{ userId, subjectId, occasionId, params }]));
  }
}

/** Works everything off, sends what is due, and hears what WeChat tells of it. */
export async function send(shop: Shop): Promise<void> {
  await settle(shop);
  await shop.get(DeliveryDriver).deliverDue();
  await heard(shop);
}

export interface DeliveredShown {
  readonly openid: string;
  readonly template_id: string;
  readonly page: string | null;
  readonly data: Readonly<Record<string, string>>;
}

/** What lies in somebody's WeChat, or in everybody's. */
export async function delivered(shop: Shop, person?: string): Promise<DeliveredShown[]> {
  const all = (await (await fetch(`${shop.emulator.url}/emulator/books/messages`)).json()) as DeliveredShown[];
  const openid = person && openidOf(process.env['WECHAT_APP_ID'] ?? '', person);
  return all.filter((message) => openid === undefined || message.openid === openid);
}

export interface DeliveryRow {
  readonly kind: MessageKind;
  readonly status: string;
  readonly code: string | null;
  readonly result: string | null;
}

/** How somebody's messages stand, oldest first. */
export async function deliveriesOf(shop: Shop, phone: Phone): Promise<string[]> {
  const rows = await shop.rows<DeliveryRow>(
    'SELECT kind, status, code, result FROM message_delivery WHERE user_id = ? ORDER BY id',
    [idBytes(await phone.userId())],
  );
  return rows.map(({ status, code }) => (code === null ? status : `${status} ${code}`));
}

export interface MessageAnswer {
  readonly id: string;
  readonly kind: MessageKind;
  readonly title: string;
  readonly text: string;
  readonly subjectId: string;
  readonly readAt: string | null;
}

export async function inboxOf(phone: Phone, onlyUnread = false): Promise<MessageAnswer[]> {
  const { edges } = await phone.ask<{ edges: { node: MessageAnswer }[] }>(
    `query ($onlyUnread: Boolean) { messages(first: 100, onlyUnread: $onlyUnread) { edges { node {
       id kind title text subjectId readAt } } } }`,
    { onlyUnread },
  );
  return edges.map(({ node }) => node);
}
