import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChannelError, type Shipping } from '#wechat';
import { type Answer, NOW, NOW_SECONDS, type Received, startChannel, wechatFor } from './channel.js';

const PARCEL = { carrierId: 'SF', trackingNumber: 'SF1234567890123', itemDescription: '苹果×2' };
const SHIPPING: Shipping = {
  ...{ transactionId: '4200001', mode: 'UNIFIED', isAllDelivered: true, openid: 'oX1', uploadedAt: NOW },
  parcels: [{ ...PARCEL, receiverContact: '138****5678' }],
};

let channel: Awaited<ReturnType<typeof startChannel>>;
let wechat: ReturnType<typeof wechatFor>;

beforeAll(async () => {
  channel = await startChannel();
});
beforeEach(() => {
  wechat = wechatFor(channel.origin);
});
afterAll(async () => {
  await channel.stop();
  await wechat.transport.onApplicationShutdown();
});

const reply = (value: object): Answer => ({ status: 200, body: JSON.stringify(value) });
let tokens = 0;

/** Gives a new token whenever one is asked for, and answers anything else as the test says. */
function answerWith(answer: Answer | ((request: Received) => Answer)): void {
  channel.answerWith((request) => {
    if (request.url !== '/cgi-bin/stable_token') return typeof answer === 'function' ? answer(request) : answer;
    tokens += 1;
    return reply({ access_token: `token-${tokens}`, expires_in: 7_200 });
  });
}
const asked = (): Received[] => channel.received.filter(({ url }) => url.startsWith('/wxa/'));
const said = (): unknown => JSON.parse(asked()[0]!.body);

describe('telling WeChat what has been shipped', () => {
  it('says it of one parcel for all, and shows the token in the address only', async () => {
    answerWith(reply({ errcode: 0, errmsg: 'ok' }));
    await wechat.shipping.upload(SHIPPING);
    const { method, url } = asked()[0]!;
    expect([method, url]).toEqual(['POST', `/wxa/sec/order/upload_shipping_info?access_token=token-${tokens}`]);
    expect(said()).toEqual({
      order_key: { order_number_type: 2, transaction_id: '4200001' },
      ...{ logistics_type: 1, delivery_mode: 1, upload_time: '2026-11-20T12:00:00.000Z', payer: { openid: 'oX1' } },
      shipping_list: [
        {
          ...{ tracking_no: 'SF1234567890123', express_company: 'SF', item_desc: '苹果×2' },
          contact: { receiver_contact: '138****5678' },
        },
      ],
    });
  });

  it.each([true, false])('says of several parcels whether they are all: %s', async (isAllDelivered) => {
    answerWith(reply({}));
    const parcels = [
      { ...PARCEL, receiverContact: null },
      { ...PARCEL, receiverContact: null },
    ];
    await wechat.shipping.upload({ ...SHIPPING, mode: 'SPLIT', isAllDelivered, parcels });
    const parcel = { tracking_no: 'SF1234567890123', express_company: 'SF', item_desc: '苹果×2' };
    expect(said()).toMatchObject({ delivery_mode: 2, is_all_delivered: isAllDelivered });
    expect((said() as { shipping_list: unknown }).shipping_list).toEqual([parcel, parcel]);
  });

  it('is done once more, with a new token, when the token is refused', async () => {
    const first = `access_token=token-${tokens + 1}`;
    answerWith(({ url }) => reply(url.endsWith(first) ? { errcode: 40001, errmsg: 'not latest' } : { errcode: 0 }));
    await wechat.shipping.upload(SHIPPING);
    expect(asked()).toHaveLength(2);
  });

  it.each([
    [10060001, 'REFUSED', false],
    [10060023, 'REFUSED', false],
    [268485216, 'REFUSED', false],
    [45009, 'REFUSED', true],
    [-1, 'UNKNOWN', true],
  ])('that is refused with %i tells the code and the request id', async (errcode, outcome, isRetryable) => {
    answerWith(reply({ errcode, errmsg: 'no, rid: 6f1c-22' }));
    await expect(wechat.shipping.upload(SHIPPING)).rejects.toMatchObject({
      ...{ code: String(errcode), outcome, isRetryable, requestId: '6f1c-22' },
    });
  });

  it.each<[what: string, answer: Answer, code: string]>([
    ['a page', { status: 200, body: '<html>' }, 'BAD_REPLY'],
    ['status 503', { status: 503, body: '{}' }, 'BAD_REPLY'],
    ['a cut connection', 'CUT', 'NETWORK'],
  ])('fails on %s and shows neither token nor parcel', async (_what, answer, code) => {
    answerWith(answer);
    const error: unknown = await wechat.shipping.upload(SHIPPING).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, outcome: 'UNKNOWN' });
    expect((error as ChannelError).message).not.toMatch(/token-|SF123|oX1/);
  });
});

describe('asking WeChat what it knows', () => {
  it.each([
    [{ finish_shipping_count: 2 }, 2],
    [{ finish_shipping_count: 0 }, 0],
    [{}, 0],
  ])('reads %j as finished %i times', async (shipping, finishedCount) => {
    answerWith(reply({ errcode: 0, order: { order_state: 2, shipping } }));
    await expect(wechat.shipping.ask('4200001')).resolves.toEqual({ finishedCount });
    expect([asked()[0]!.url.split('?')[0], said()]).toEqual([
      '/wxa/sec/order/get_order',
      { transaction_id: '4200001' },
    ]);
  });

  it.each([{}, { order: {} }, { order: { shipping: { finish_shipping_count: 'one' } } }])(
    'does not believe %j',
    async (answer) => {
      answerWith(reply(answer));
      await expect(wechat.shipping.ask('4200001')).rejects.toMatchObject({ code: 'BAD_REPLY', outcome: 'UNKNOWN' });
    },
  );
});

describe('having the buyer reminded', () => {
  it('names the payment and the second of the delivery', async () => {
    answerWith(reply({ errcode: 0 }));
    await wechat.shipping.remind('4200001', new Date(NOW.getTime() + 999));
    expect(asked()[0]!.url.split('?')[0]).toBe('/wxa/sec/order/notify_confirm_receive');
    expect(said()).toEqual({ transaction_id: '4200001', received_time: NOW_SECONDS });
  });
});
