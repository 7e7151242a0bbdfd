import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, secondsAfter, Transactor } from '#common';
import { InboxService, Message, MessageDelivery } from '#notifications';
import { ChannelService } from '#payments';
import { FormingService } from '#teams';
import { apply, because, step } from '../after-sale/counter.js';
import { bought, giveBack, orderOf, paid, ship } from '../fulfilment/warehouse.js';
import { anOffer, type OnSale } from '../support/builders.js';
import type { Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import type { Shop } from '../support/shop.js';
import { deliver, expectSettled } from '../support/sound.js';
import { allow, delivered, deliveriesOf, inboxOf, NOON, openPostShop, send, TEMPLATE_IDS, tell } from './postbox.js';

const HOUR_SECONDS = 3_600;

let shop: Shop;
let olga: Desk;
let sale: OnSale;
let people = 0;
let ana: Phone;
let bo: Phone;

beforeAll(async () => {
  shop = await openPostShop({ environment: { SUBSCRIBE_PAGE: 'pages/message/index' } });
  sale = await anOffer(shop, { size: 2, ttlSeconds: HOUR_SECONDS, stock: 1_000 });
  olga = await shop.operator('olga');
});
beforeEach(async () => {
  people += 1;
  await shop.setTime(NOON);
  [ana, bo] = [await shop.login(`ana-${people}`), await shop.login(`bo-${people}`)];
});
afterEach(async () => {
  await expectSettled(shop);
});
afterAll(async () => {
  await shop.close();
});

describe('a team that forms', () => {
  it('is told to every member, and into the WeChat of who has allowed it', async () => {
    await allow(shop, ana, 'TEAM_FORMED');
    const opened = await ana.open(sale.offer.id);
    await paid(shop, ana, opened.order.checkout.id);
    const joined = await bo.join(opened.team.id);
    await paid(shop, bo, joined.order.checkout.id);
    await send(shop);
    for (const phone of [ana, bo])
      expect(await inboxOf(phone)).toMatchObject([
        { kind: 'TEAM_FORMED', title: '拼团成功', subjectId: opened.team.id, readAt: null },
      ]);
    expect(await delivered(shop, ana.person)).toMatchObject([
      {
        template_id: TEMPLATE_IDS.TEAM_FORMED,
        page: `pages/message/index?kind=TEAM_FORMED&id=${opened.team.id}`,
        data: { number2: '2', thing4: '拼团成功，等待发货' },
      },
    ]);
    expect(await delivered(shop, bo.person)).toEqual([]);
    expect(await deliveriesOf(shop, bo)).toEqual(['DROPPED NO_GRANT']);
  });
});

describe('a team that fails', () => {
  it('is told to whoever had paid, and so is the money that comes back', async () => {
    await allow(shop, ana, 'TEAM_FAILED');
    await allow(shop, ana, 'REFUND_SUCCEEDED');
    const opened = await ana.open(sale.offer.id);
    await paid(shop, ana, opened.order.checkout.id);
    await shop.setTime(secondsAfter(NOON, 2 * HOUR_SECONDS));
    await shop.get(ChannelService).closeOverdue();
    await shop.get(FormingService).expire();
    await send(shop);
    expect((await inboxOf(ana)).map(({ kind }) => kind).toSorted()).toEqual(['REFUND_SUCCEEDED', 'TEAM_FAILED']);
    expect((await delivered(shop, ana.person)).map(({ template_id: id }) => id).toSorted()).toEqual([
      TEMPLATE_IDS.REFUND_SUCCEEDED,
      TEMPLATE_IDS.TEAM_FAILED,
    ]);
  });

  it('is not told to whoever had left it', async () => {
    const opened = await ana.open(sale.offer.id);
    await paid(shop, ana, opened.order.checkout.id);
    await ana.ask('mutation ($input: TeamLeaveInput!) { teamLeave(input: $input) { __typename } }', {
      input: { seatId: opened.id, idempotencyKey: 'leaves-at-once' },
    });
    await send(shop);
    expect((await inboxOf(ana)).map(({ kind }) => kind)).toEqual(['REFUND_SUCCEEDED']);
  });
});

describe('an order', () => {
  it('is on its way with each of its parcels, and the inbox says who brings it, in either language', async () => {
    await allow(shop, ana, 'PARCEL_SHIPPED', 2);
    const orderId = await bought(shop, ana, sale.skuId, 2);
    const { lines } = await orderOf(ana, orderId);
    await ship(olga, orderId, { lines: [{ lineId: lines[0]!.id, quantity: 1 }] });
    await ship(olga, orderId);
    await send(shop);
    expect(await inboxOf(ana)).toMatchObject([
      { kind: 'PARCEL_SHIPPED', subjectId: orderId, text: expect.stringContaining('圆通速递') },
      { kind: 'PARCEL_SHIPPED', subjectId: orderId },
    ]);
    expect(await delivered(shop, ana.person)).toHaveLength(2);
    const { data } = await ana.send('{ messages { edges { node { title text } } } }', {}, { 'accept-language': 'en' });
    expect(JSON.stringify(data)).toContain('was handed to YTO Express');
  });

  it('whose money goes back twice is told of twice, and each once', async () => {
    await allow(shop, ana, 'REFUND_SUCCEEDED', 3);
    const orderId = await bought(shop, ana, sale.skuId, 2);
    await giveBack(olga, orderId, 100);
    await deliver(shop);
    await giveBack(olga, orderId, 200);
    await deliver(shop);
    await send(shop);
    await send(shop);
    const messages = await delivered(shop, ana.person);
    expect(messages.map(({ data }) => data['amount2']).toSorted()).toEqual(['¥1.00', '¥2.00']);
  });

  it('of which something is asked back is told of with the answer, yes or no', async () => {
    await allow(shop, ana, 'AFTER_SALE_DECIDED', 2);
    const orderId = await bought(shop, ana, sale.skuId, 2);
    const { lines } = await orderOf(ana, orderId);
    const one = [{ lineId: lines[0]!.id, quantity: 1 }];
    const refused = await apply(ana, orderId, one);
    await step(olga, 'afterSaleReject', refused.id, because());
    const approved = await apply(ana, orderId, one);
    await step(olga, 'afterSaleApprove', approved.id, because());
    await send(shop);
    const said = (await delivered(shop, ana.person))
      .filter(({ template_id: id }) => id === TEMPLATE_IDS.AFTER_SALE_DECIDED)
      .map(({ data }) => data['phrase2']);
    expect(said.toSorted()).toEqual(['已同意', '未同意']);
    const decided = (await inboxOf(ana)).filter(({ kind }) => kind === 'AFTER_SALE_DECIDED');
    expect(decided.map(({ subjectId }) => subjectId).toSorted()).toEqual([refused.id, approved.id].toSorted());
  });
});

describe('the inbox', () => {
  const unread = (phone: Phone): Promise<number> => phone.ask('{ messagesUnreadCount }');
  const read = (phone: Phone, messageId: string): Promise<{ readAt: string }> =>
    phone.ask('mutation ($input: MessageReadInput!) { messageRead(input: $input) { id readAt } }', {
      input: { messageId },
    });

  it('counts what is unread, and each is read once', async () => {
    await tell(shop, await ana.userId(), 'REFUND_SUCCEEDED', 3);
    const [newest, middle] = await inboxOf(ana);
    expect(await unread(ana)).toBe(3);
    const { readAt } = await read(ana, middle!.id);
    await shop.setTime(secondsAfter(NOON, 60));
    expect(await read(ana, middle!.id)).toMatchObject({ readAt });
    expect(await unread(ana)).toBe(2);
    expect((await inboxOf(ana, true)).map(({ id }) => id)).not.toContain(middle!.id);
    expect(newest!.readAt).toBeNull();
  });

  it('is read up to what was shown; what comes meanwhile stays unread', async () => {
    await tell(shop, await ana.userId(), 'REFUND_SUCCEEDED', 2);
    const [shown] = await inboxOf(ana);
    await tell(shop, await ana.userId());
    await tell(shop, await bo.userId());
    const readAll = 'mutation ($input: MessagesReadAllInput!) { messagesReadAll(input: $input) }';
    expect(await ana.ask(readAll, { input: { upToMessageId: shown!.id } })).toBe(true);
    expect([await unread(ana), await unread(bo)]).toEqual([1, 1]);
  });

  it('hears of nothing twice, whoever tells it again', async () => {
    const userId = await ana.userId();
    const news = {
      ...{ userId, subjectId: newId('order'), occasionId: newId('refund') },
      params: { title: '梨', amountMinor: 1, at: NOON.toISOString() },
    };
    const telling = Array.from({ length: 5 }, () =>
      shop.get(Transactor).run((db) => shop.get(InboxService).tell(db, 'REFUND_SUCCEEDED', [news])),
    );
    await Promise.all(telling);
    expect(await inboxOf(ana)).toHaveLength(1);
    expect(await deliveriesOf(shop, ana)).toHaveLength(1);
  });

  it('is nobody else’s', async () => {
    await tell(shop, await ana.userId());
    const { id } = (await inboxOf(ana))[0]!;
    expect(await inboxOf(bo)).toEqual([]);
    await expect(read(bo, id)).rejects.toThrow('NOT_FOUND');
    expect(await unread(ana)).toBe(1);
  });

  it('shows its pages one after the other', async () => {
    await tell(shop, await ana.userId(), 'REFUND_SUCCEEDED', 3);
    const page = (
      after: string | null,
    ): Promise<{ edges: { node: { id: string } }[]; pageInfo: { endCursor: string } }> =>
      ana.ask(
        'query ($after: String) { messages(first: 2, after: $after) { edges { node { id } } pageInfo { endCursor } } }',
        { after },
      );
    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);
    const ids = [...first.edges, ...second.edges].map(({ node }) => node.id);
    expect(ids).toEqual((await inboxOf(ana)).map(({ id }) => id));
  });

  it('says nothing to whoever is shut out', async () => {
    const userId = await ana.userId();
    const input = { userId, reason: '倒卖' };
    await olga.ask('mutation ($input: UserChangeInput!) { userDisable(input: $input) { __typename } }', { input });
    await tell(shop, userId);
    expect(await shop.source.manager.countBy(Message, { userId })).toBe(0);
    expect(await shop.source.manager.countBy(MessageDelivery, { userId })).toBe(0);
  });
});
