import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLInterfaceType } from 'graphql';
import { WebSocket } from 'undici';
import { SearchIndexService } from '#catalog';
import { idBytes, newId } from '#common';
import { PAGE_SIZE_MAX } from '../../src/common/paging.js';
import { because, received, step } from '../after-sale/counter.js';
import { ship } from '../fulfilment/warehouse.js';
import { aPicture } from '../media/pictures.js';
import { anOffer, type OnSale, sentBy } from '../support/builders.js';
import type { GraphqlError } from '../support/client.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { settle } from '../support/sound.js';
import { until } from '../support/sound.js';
import { MiniProgram } from './mini-program.js';

const ME = '{ me { id } }';

interface Answered {
  readonly data?: Record<string, never>;
  readonly error?: {
    readonly networkError?: Error;
    readonly graphQLErrors: { message: string; extensions: Record<string, unknown> }[];
  };
}
interface ShopModule {
  readonly shop: {
    readonly query: (document: string, variables: object) => PromiseLike<Answered>;
  };
}
interface Placed {
  readonly __typename: string;
  readonly id: string;
  readonly message: string;
  readonly payableMinor: number;
  readonly payUntil: string;
}
interface AddressModule {
  readonly chooseDelivery: () => Promise<object>;
}
interface PhoneModule {
  readonly givePhone: (event: { detail: { code?: string; errMsg?: string } }) => Promise<object | null>;
}
interface AddressBookModule {
  readonly addresses: () => Promise<{ readonly id: string }[]>;
  readonly importAddress: (label: string) => Promise<object>;
  readonly deliveryTo: (address: { readonly id: string }) => object;
}
interface BuyingModule {
  readonly place: (
    lines: object[],
    delivery: object,
    idempotencyKey?: string,
    payableMinor?: number,
  ) => Promise<Placed>;
}
interface Quote {
  readonly payableMinor: number;
  readonly freightMinor: number;
  readonly orders: readonly {
    readonly breakdown: readonly { readonly amountMinor: number; readonly text: string }[];
  }[];
}
interface PricingModule {
  readonly quote: (lines: object[], delivery: object) => Promise<Quote>;
}

interface ImageShown {
  readonly id: string;
  readonly url: string;
}
interface UploadingModule {
  readonly uploadImage: (file: { tempFilePath: string; size: number }, purpose: string) => Promise<ImageShown>;
}

interface OrderShown {
  readonly id: string;
  readonly receiveBy: string | null;
}
interface ShippingModule {
  readonly orders: () => Promise<OrderShown[]>;
  readonly received: (orderId: string) => Promise<OrderShown>;
  readonly takesLonger: (orderId: string) => Promise<OrderShown>;
}
interface Claimable {
  readonly id: string;
  readonly lines: readonly { readonly id: string; readonly claimTerms: object }[];
  readonly afterSales: readonly object[];
}
interface AskingModule {
  readonly claimable: () => Promise<Claimable[]>;
  readonly carriers: () => Promise<{ readonly id: string }[]>;
  readonly ask: (what: object) => Promise<{ readonly id: string; readonly status: string }>;
  readonly sentBack: (afterSaleId: string, how: object) => Promise<{ readonly status: string }>;
}
interface InvoiceShown {
  readonly __typename: string;
  readonly id: string;
  readonly status: string;
  readonly position?: number;
}
interface InvoicesModule {
  readonly requestInvoice: (orderId: string, to: object) => Promise<InvoiceShown>;
  readonly cancelInvoice: (invoiceId: string) => Promise<InvoiceShown>;
  readonly invoices: () => Promise<InvoiceShown[]>;
}
interface SettingsShown {
  readonly kinds: readonly { readonly kind: string; readonly isOn: boolean; readonly sendsLeft: number }[];
}
interface MessagesModule {
  readonly messageSettings: () => Promise<SettingsShown>;
  readonly askForMessages: (settings: SettingsShown, kinds: readonly string[]) => Promise<SettingsShown>;
  readonly switchMessages: (kind: string, isOn: boolean) => Promise<SettingsShown>;
  readonly messages: () => Promise<{
    readonly shown: readonly { readonly kind: string; readonly readAt: string | null }[];
    readonly unreadCount: number;
  }>;
}
interface SeatShown {
  readonly id: string;
  readonly team: { readonly id: string };
  readonly order: { readonly checkout: { readonly id: string } };
}
interface TeamModule {
  readonly teamPage: (id: string) => Promise<object | null>;
  readonly open: (offerId: string, choice: object, delivery: object) => Promise<SeatShown>;
  readonly join: (teamId: string, choice: object, delivery: object) => Promise<object>;
  readonly leave: (seatId: string) => Promise<object>;
}

let page: string;
let shop: Shop;
let onSale: OnSale;
let phone: Phone;
let program: MiniProgram;

beforeAll(async () => {
  page = await readFile('docs/API.md', 'utf8');
  shop = await Shop.open({
    environment: { TEAM_WATCH_MILLISECONDS: '20', SUBSCRIBE_TEMPLATES: 'parcelShipped:tpl_shipped' },
  });
  onSale = await anOffer(shop, { stock: 20 });
});
afterAll(async () => {
  await shop.close();
});
beforeEach(() => {
  phone = shop.phone(newId('user'));
  start();
});

/** Starts the mini-program, as it is when it was killed and is opened again. */
function start(): void {
  program = new MiniProgram(phone, page, `${shop.url}/graphql`);
}

const client = async (): Promise<ShopModule['shop']> => (await program.use<ShopModule>('./shop.js')).shop;
/** One tap on "buy", with the address that the buyer picks. */
async function tapped(lines: object[]): Promise<Placed> {
  const { chooseDelivery } = await program.use<AddressModule>('./address.js');
  const { place } = await program.use<BuyingModule>('./buying.js');
  return place(lines, await chooseDelivery());
}
interface Stands {
  readonly purpose: string;
  readonly version: number;
  readonly isNeeded: boolean;
  readonly isGiven: boolean;
}
/** One tap on "agree", below the text of a purpose. */
async function agreeTo(purpose: string): Promise<void> {
  const { consents, agree } = await program.use<{
    consents: () => Promise<Stands[]>;
    agree: (consent: Stands) => Promise<Stands>;
  }>('./privacy.js');
  await agree((await consents()).find((consent) => consent.purpose === purpose)!);
}
/** How often the mini-program has sent a mutation of this name. */
const timesSent = (name: string): number => program.sent.filter(({ body }) => body.query.includes(name)).length;

describe('a mini-program with the code of the API page', () => {
  it('lists the products on sale to a guest, page by page', async () => {
    const { products } = await program.use<{ products: (size: number) => AsyncIterable<{ id: string }> }>(
      './products.js',
    );
    const other = await anOffer(shop);
    const found: string[] = [];
    for await (const { id } of products(1)) found.push(id);
    expect(found).toEqual([other.productId, onSale.productId]);
    expect(program.sent.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
  });

  it('finds products by words, narrowed down and page by page', async () => {
    interface Found {
      readonly understoodAs: readonly string[];
      readonly products: { readonly edges: { node: { id: string } }[]; readonly pageInfo: { endCursor: string } };
    }
    const { search } = await program.use<{
      search: (text: string, narrowed?: object, after?: string) => Promise<Found>;
    }>('./search.js');
    await shop.get(SearchIndexService).takeUp(100);
    const first = await search('测试商品', { order: 'NEWEST', priceToMinor: 10_000 });
    expect(first.understoodAs).toEqual(['测试', '商品']);
    expect(first.products.edges.map(({ node }) => node.id)).toContain(onSale.productId);
    const next = await search('测试商品', { order: 'NEWEST' }, first.products.pageInfo.endCursor);
    expect(next.products.edges).toEqual([]);
  });

  it('logs in by itself, places a checkout, pays it and hears that it is paid', async () => {
    const { pay } = await program.use<{ pay: (id: string) => Promise<object> }>('./paying.js');
    const placed = await tapped([{ skuId: onSale.skuId, quantity: 1 }]);
    expect(placed).toMatchObject({ __typename: 'Checkout', payableMinor: 10_000 });
    expect(await pay(placed.id)).toMatchObject({ id: placed.id, status: 'PAID' });
    expect(await pay(placed.id)).toEqual({ __typename: 'CheckoutAlreadyPaid', message: '该订单已支付。' });
    expect(timesSent('login(')).toBe(1);
  });

  it('shows how an order comes, puts its receipt off once, and receives it', async () => {
    const { pay } = await program.use<{ pay: (id: string) => Promise<object> }>('./paying.js');
    const { orders, received, takesLonger } = await program.use<ShippingModule>('./shipping.js');
    const placed = await tapped([{ skuId: onSale.skuId, quantity: 1 }]);
    await pay(placed.id);
    await settle(shop);
    const [before] = await orders();
    expect(before).toMatchObject({ status: 'TO_FULFIL', parcels: [], receiveBy: null });
    expect(await received(before!.id)).toMatchObject({ __typename: 'OrderNotReceivable' });
    await ship(await shop.operator('olga'), before!.id, { trackingNumber: 'YT0000000000042' });
    const [order] = await orders();
    expect(order).toMatchObject({
      status: 'SHIPPED',
      parcels: [{ carrier: { name: '圆通速递' }, trackingNumber: 'YT0000000000042' }],
    });
    const later = await takesLonger(order!.id);
    expect(Date.parse(later.receiveBy!) - Date.parse(order!.receiveBy!)).toBe(3 * 86_400_000);
    expect(await received(order!.id)).toMatchObject({ __typename: 'Order', status: 'RECEIVED' });
  });

  it('asks for money back, sends the goods, and shows what becomes of it', async () => {
    const { pay } = await program.use<{ pay: (id: string) => Promise<object> }>('./paying.js');
    const { claimable, carriers, ask, sentBack } = await program.use<AskingModule>('./asking-back.js');
    const placed = await tapped([{ skuId: onSale.skuId, quantity: 1 }]);
    await pay(placed.id);
    await settle(shop);
    const [order] = await claimable();
    const [line] = order!.lines;
    expect(line!.claimTerms).toMatchObject({ claimableQuantity: 1, kinds: ['REFUND_ONLY'], whyNot: null });
    const back = { orderId: order!.id, lines: [{ lineId: line!.id, quantity: 1 }], kind: 'RETURN_AND_REFUND' };
    expect(await ask({ ...back, reason: 'NO_REASON' })).toMatchObject({ __typename: 'ReasonUnfit' });
    const olga = await shop.operator('olga');
    await ship(olga, order!.id);
    const asked = await ask({ ...back, reason: 'NO_REASON', note: '不喜欢' });
    expect(asked).toMatchObject({ __typename: 'AfterSale', status: 'APPLIED' });
    await step(olga, 'afterSaleApprove', asked.id, because());
    const [carrier] = (await carriers()).filter(({ id }) => id === 'YTO');
    const how = { carrier: carrier!.id, trackingNumber: 'YT0000000000043' };
    expect(await sentBack(asked.id, how)).toMatchObject({ status: 'RETURNING' });
    await step(olga, 'afterSaleReturnReceive', asked.id, received(true));
    await settle(shop);
    expect((await claimable())[0]!.afterSales).toMatchObject([{ status: 'DONE', refund: { status: 'SUCCEEDED' } }]);
  });

  it('asks for an invoice, is told of a wrong tax number, and takes the request back', async () => {
    const { orders } = await program.use<ShippingModule>('./shipping.js');
    const { requestInvoice, cancelInvoice, invoices } = await program.use<InvoicesModule>('./invoices.js');
    const { pay } = await program.use<{ pay: (id: string) => Promise<object> }>('./paying.js');
    await pay((await tapped([{ skuId: onSale.skuId, quantity: 1 }])).id);
    await settle(shop);
    const [order] = await orders();
    await ship(await shop.operator('olga'), order!.id);
    const company = { titleKind: 'COMPANY', title: '果园科技有限公司', taxNumber: '914403001922038217' };
    expect(await requestInvoice(order!.id, company)).toMatchObject({ __typename: 'TaxNumberWrong', position: 18 });
    const asked = await requestInvoice(order!.id, { titleKind: 'PERSONAL', title: '个人' });
    expect(asked).toMatchObject({ __typename: 'Invoice', status: 'REQUESTED', fileUrl: null });
    expect(await cancelInvoice(asked.id)).toMatchObject({ id: asked.id, status: 'CANCELLED' });
    expect((await invoices())[0]).toMatchObject({ id: asked.id, status: 'CANCELLED' });
  });

  it('asks for messages, switches one off, and reads what came', async () => {
    const { messageSettings, askForMessages, switchMessages, messages } =
      await program.use<MessagesModule>('./messages.js');
    const { orders } = await program.use<ShippingModule>('./shipping.js');
    const { pay } = await program.use<{ pay: (id: string) => Promise<object> }>('./paying.js');
    const shippedIn = ({ kinds }: SettingsShown) => kinds.find(({ kind }) => kind === 'PARCEL_SHIPPED');
    const asked = await askForMessages(await messageSettings(), ['PARCEL_SHIPPED', 'TEAM_FORMED']);
    expect(shippedIn(asked)).toMatchObject({ isOn: true, templateId: 'tpl_shipped', sendsLeft: 1 });
    expect(shippedIn(await switchMessages('PARCEL_SHIPPED', false))).toMatchObject({ isOn: false });
    await pay((await tapped([{ skuId: onSale.skuId, quantity: 1 }])).id);
    await settle(shop);
    await ship(await shop.operator('olga'), (await orders())[0]!.id);
    await settle(shop);
    expect(await messages()).toMatchObject({ shown: [{ kind: 'PARCEL_SHIPPED', readAt: null }], unreadCount: 1 });
    expect(await messages()).toMatchObject({ shown: [{ kind: 'PARCEL_SHIPPED' }], unreadCount: 0 });
  });

  it('uploads a picture, hears that it can be shown; what is no picture is refused in words', async () => {
    const { uploadImage } = await program.use<UploadingModule>('./uploading.js');
    program.hurry = 20;
    const bytes = await aPicture(300, 300).jpeg().toBuffer();
    program.files.set('tmp_1.jpg', { type: 'jpeg', bytes });
    program.files.set('tmp_2.jpg', { type: 'jpeg', bytes: Buffer.from('no picture at all') });
    const uploaded = async (tempFilePath: string): Promise<ImageShown> => {
      const size = program.files.get(tempFilePath)!.bytes.length;
      let image: ImageShown | undefined;
      void uploadImage({ tempFilePath, size }, 'AVATAR').then((answer) => (image = answer));
      await until(async () => {
        await shop.drain();
        return image !== undefined;
      }, 'the upload ends');
      return image!;
    };
    const image = await uploaded('tmp_1.jpg');
    expect(image).toMatchObject({ __typename: 'Image', status: 'READY', whyRefused: null });
    expect((await fetch(image.url)).headers.get('content-type')).toBe('image/webp');
    expect(await uploaded('tmp_2.jpg')).toMatchObject({
      status: 'REFUSED',
      whyRefused: { __typename: 'ImageMismatched', message: '图片文件与声明的格式或大小不符。' },
    });
  });

  it.each([
    ['zh_CN', '库存不足，请减少数量或选择其他商品。'],
    ['en', 'There is not enough left. Take fewer, or something else.'],
  ])('on a phone set to %s is refused in that language', async (language, message) => {
    program.language = language;
    expect(await tapped([{ skuId: onSale.skuId, quantity: 99 }])).toMatchObject({ __typename: 'SoldOut', message });
  });

  it('opens a team, pays for it, sees its page, and leaves it again', async () => {
    const { chooseDelivery } = await program.use<AddressModule>('./address.js');
    const { pay } = await program.use<{ pay: (id: string) => Promise<object> }>('./paying.js');
    const { teamPage, open, join, leave } = await program.use<TeamModule>('./team.js');
    const delivery = await chooseDelivery();
    const seat = await open(onSale.offer.id, { quantity: 1 }, delivery);
    expect(await pay(seat.order.checkout.id)).toMatchObject({ status: 'PAID' });
    await shop.drain();
    expect(await teamPage(seat.team.id)).toMatchObject({
      seatsLeft: 2,
      team: {
        status: 'FORMING',
        prices: [{ priceMinor: 8_000, singlePriceMinor: 10_000 }],
        members: [{ name: '微信用户', isOpener: true, isPaid: true, isYou: true }],
        mySeat: { id: seat.id, status: 'PAID' },
        ...{ whyNotJoin: { __typename: 'SeatAlreadyHeld' }, whyNotLeave: null, offer: { whyNotOpen: null } },
      },
    });
    expect(await join(seat.team.id, {}, delivery)).toMatchObject({ __typename: 'SeatAlreadyHeld' });
    expect(await leave(seat.id)).toMatchObject({ __typename: 'Seat', status: 'REFUNDING', team: { status: 'FAILED' } });
    expect(await leave(seat.id)).toMatchObject({ __typename: 'NotInTeam', message: '您已不在该团中。' });
    await settle(shop);
    expect(await teamPage(seat.team.id)).toMatchObject({
      team: { mySeat: null },
      myLastSeat: { status: 'REFUNDED', order: { refunds: [{ status: 'SUCCEEDED', amountMinor: 8_000 }] } },
    });
  });

  // prettier-ignore
  it.each<[which: string, chosen: object, kept: object]>([
    ['with all that there is',      { streetName: '琶洲街道' },  { street: '琶洲街道', district: '海珠区', postalCode: '510000' }],
    ['as older versions give it',   { streetName: undefined, nationalCode: undefined }, { street: null, nationalCode: null }],
    ['with blanks for what is not', { streetName: '', postalCode: '' }, { street: null, postalCode: null }],
    ['in a city without districts', { cityName: '东莞市', countyName: '' }, { city: '东莞市', district: '东莞市' }],
  ])('sends where it goes, %s', async (_which, chosen, kept) => {
    Object.assign(program.address, chosen);
    const { id } = await tapped([{ skuId: onSale.skuId, quantity: 1 }]);
    const { data } = await (await client()).query(
      'query ($id: ID!) { checkout(id: $id) { orders { delivery { address { district city street postalCode nationalCode } } } } }',
      { id },
    );
    expect(data).toMatchObject({ checkout: { orders: [{ delivery: { address: kept } }] } });
  });

  it('gives a telephone number once, though the answer is lost, and none that was not allowed', async () => {
    const { givePhone } = await program.use<PhoneModule>('./phone.js');
    expect(await givePhone({ detail: { errMsg: 'getPhoneNumber:fail user deny' } })).toBeNull();
    await (await client()).query(ME, {});
    const code = await phone.phoneCode({ pure_phone_number: '13812345678' });
    expect(await givePhone({ detail: { code } })).toMatchObject({ __typename: 'ConsentMissing' });
    await agreeTo('PHONE');
    program.toLose.push('phoneUpdate');
    expect(await givePhone({ detail: { code } })).toMatchObject({ __typename: 'User', phone: '138****5678' });
    expect(timesSent('phoneUpdate')).toBe(3);
    expect(await givePhone({ detail: { code: 'made-up' } })).toMatchObject({
      __typename: 'PhoneCodeInvalid',
      message: '手机号授权已失效，请重新点击授权。',
    });
  });

  it('keeps an address of WeChat’s address book, and has an order sent there', async () => {
    const { addresses, importAddress, deliveryTo } = await program.use<AddressBookModule>('./addresses.js');
    const { place } = await program.use<BuyingModule>('./buying.js');
    await (await client()).query(ME, {});
    await agreeTo('ADDRESS_BOOK');
    program.toLose.push('addressAdd');
    expect(await importAddress('家')).toMatchObject({ __typename: 'Address', label: '家', isDefault: true });
    const book = await addresses();
    expect(book).toMatchObject([{ label: '家', address: { detail: '新港中路397号', street: null } }]);
    const { id } = await place([{ skuId: onSale.skuId, quantity: 1 }], deliveryTo(book[0]!));
    const { data } = await (
      await client()
    ).query('query ($id: ID!) { checkout(id: $id) { orders { delivery { address { detail } } } } }', { id });
    expect(data).toMatchObject({ checkout: { orders: [{ delivery: { address: { detail: '新港中路397号' } } }] } });
  });

  it('shows what a checkout costs and why, and buys at that price or not at all', async () => {
    const sent = await anOffer(shop, { priceMinor: 1_000 });
    await sentBy(shop, sent, 1_000);
    const { quote } = await program.use<PricingModule>('./pricing.js');
    const { place } = await program.use<BuyingModule>('./buying.js');
    const { chooseDelivery } = await program.use<AddressModule>('./address.js');
    const [lines, delivery] = [[{ skuId: sent.skuId, quantity: 1 }], await chooseDelivery()];
    const told = await quote(lines, delivery);
    expect(told).toMatchObject({ payableMinor: 1_800, freightMinor: 800 });
    expect(told.orders[0]!.breakdown).toMatchObject([
      { amountMinor: 1_000, text: expect.stringMatching(/：¥10\.00 × 1$/) },
      { amountMinor: 800, text: '普通快递（广东省）：共1kg，首重1kg ¥8.00' },
    ]);
    await shop.rows(
      'UPDATE sku SET price_minor = 1100 WHERE id = (SELECT sku_id FROM offer_price WHERE offer_id = ?)',
      [idBytes(sent.offer.id)],
    );
    expect(await place(lines, delivery, 'first-tap', told.payableMinor)).toMatchObject({
      ...{ __typename: 'PriceChanged', quote: { payableMinor: 1_900, freightMinor: 800 } },
    });
    expect(await place(lines, delivery, 'next-tap', 1_900)).toMatchObject({
      __typename: 'Checkout',
      payableMinor: 1_900,
    });
  });

  it('asks what it must know to start once a day, as a guest', async () => {
    const { clientConfig } = await program.use<{ clientConfig: () => Promise<object> }>('./starting.js');
    const config = await clientConfig();
    expect(config).toMatchObject({ timeZone: 'Asia/Shanghai', addressesMax: 20, payWindowSeconds: 900, features: [] });
    start();
    program.storage.set('clientConfig', { config, keptAt: Date.now() });
    const again = await program.use<{ clientConfig: () => Promise<object> }>('./starting.js');
    expect(await again.clientConfig()).toEqual(config);
    expect(timesSent('clientConfig')).toBe(0);
    program.storage.set('clientConfig', { config, keptAt: Date.now() - 86_400_000 });
    expect(await again.clientConfig()).toEqual(config);
    expect(timesSent('clientConfig')).toBe(1);
  });

  it('is told which field is wrong, in its language', async () => {
    program.language = 'en';
    const lines = [{ skuId: onSale.skuId, quantity: 0 }];
    await expect(tapped(lines)).rejects.toMatchObject({
      graphQLErrors: [
        {
          extensions: {
            code: 'BAD_USER_INPUT',
            fields: [{ path: 'input.lines.0.quantity', message: 'Must be at least 1.' }],
          },
        },
      ],
    });
    expect(timesSent('checkoutPlace')).toBe(2); // as a guest, and logged in; a mistake is not sent again
  });

  /** Starts the mini-program anew, with an access token that is over. One whose signature is broken is answered in the same way. */
  async function startWithExpiredToken(): Promise<{ refreshToken: string }> {
    await (await client()).query(ME, {});
    const { accessToken, refreshToken } = program.storage.get('tokens') as {
      accessToken: string;
      refreshToken: string;
    };
    start();
    program.storage.set('tokens', { accessToken: accessToken.slice(0, -4), refreshToken });
    return { refreshToken };
  }

  it('refreshes an expired token once for three requests that need it', async () => {
    const { refreshToken } = await startWithExpiredToken();
    const { query } = await client();
    const answers = await Promise.all(
      [ME, '{ me { status } }', '{ me { id status } }'].map((document) => query(document, {})),
    );
    expect(answers.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    expect([timesSent('sessionRefresh'), timesSent('login(')]).toEqual([1, 0]);
    expect(program.storage.get('tokens')).not.toMatchObject({ refreshToken });
  });

  it('whose refresh is answered to nobody asks again with the same token, and stays logged in', async () => {
    await startWithExpiredToken();
    program.toLose.push('sessionRefresh');
    const { query } = await client();
    expect((await query(ME, {})).error?.networkError?.message).toBe('request:fail timeout');
    expect((await query(ME, {})).error).toBeUndefined();
    expect([timesSent('sessionRefresh'), timesSent('login(')]).toEqual([2, 0]);
  });

  it('logs in anew when its session has ended', async () => {
    program.storage.set('tokens', { accessToken: 'over', refreshToken: 'over' });
    const { data } = await (await client()).query(ME, {});
    expect(data).toMatchObject({ me: { id: expect.stringMatching(/^user_/) } });
    expect([timesSent('sessionRefresh'), timesSent('login(')]).toEqual([1, 1]);
  });

  it('whose answer is lost sends again with the same key and gets the same order', async () => {
    await (await client()).query(ME, {});
    program.toLose.push('checkoutPlace', 'checkoutPlace');
    const placed = await tapped([{ skuId: onSale.skuId, quantity: 1 }]);
    const keys = program.sent
      .map(({ body }) => (body.variables['input'] as { idempotencyKey?: string } | undefined)?.idempotencyKey)
      .filter((key) => key !== undefined);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    const { data } = await (await client()).query('{ orders { edges { node { checkout { id } } } } }', {});
    expect(data).toMatchObject({ orders: { edges: [{ node: { checkout: { id: placed.id } } }] } });
  });

  it('asks for a consent, takes it back, downloads what the shop knows, and erases the account', async () => {
    const { consents, agree, withdraw, downloadMyData, eraseMyAccount } = await program.use<{
      consents: () => Promise<Stands[]>;
      agree: (consent: Stands) => Promise<Stands>;
      withdraw: (consent: Stands) => Promise<Stands>;
      downloadMyData: () => Promise<string>;
      eraseMyAccount: () => Promise<object>;
    }>('./privacy.js');
    const given = async (): Promise<string[]> =>
      (await consents()).filter(({ isGiven }) => isGiven).map(({ purpose }) => purpose);
    const [first] = (await consents()).filter(({ isNeeded }) => !isNeeded);
    expect(await agree(first!)).toMatchObject({ __typename: 'PrivacyConsent', isGiven: true });
    expect(await given()).toEqual([first!.purpose]);
    expect(await agree({ ...first!, version: 99 })).toMatchObject({
      __typename: 'ConsentTextChanged',
      consent: { version: first!.version },
    });
    expect(await withdraw(first!)).toMatchObject({ isGiven: false });
    expect(await given()).toEqual([]);

    const document = JSON.parse(program.files.get(await downloadMyData())!.bytes.toString()) as {
      userId: string;
      isComplete: boolean;
    };
    const { data } = await (await client()).query(ME, {});
    expect(document).toMatchObject({ userId: (data as unknown as { me: { id: string } }).me.id, isComplete: true });
    const placed = await tapped([{ skuId: onSale.skuId, quantity: 1 }]);
    expect(await eraseMyAccount()).toMatchObject({
      __typename: 'AccountStillOpen',
      matters: [{ kind: 'UNPAID_CHECKOUT', count: 1 }],
    });
    await phone.login();
    await phone.cancel(placed.id);
    await shop.drain();
    expect(await eraseMyAccount()).toMatchObject({ __typename: 'AccountErased' });
    expect(program.storage.get('tokens')).toBeNull();
    await shop.drain();
  });

  it('shares a product, and opens it from the code on a poster', async () => {
    const { productId } = await anOffer(shop);
    const { idOf, messageFor, codeFor } = await program.use<{
      idOf: (options: object) => Promise<string | null>;
      messageFor: (type: string, id: string) => Promise<{ path: string }>;
      codeFor: (type: string, id: string, width: number) => Promise<{ __typename: string; url: string }>;
    }>('./sharing.js');
    await (await client()).query(ME, {});
    const { path } = await messageFor('PRODUCT', productId);
    const [, id, scene = ''] = /^\/pages\/product\/product\?id=(\w+)&scene=(\w+)$/.exec(path) ?? [];
    expect(await idOf({ id, scene })).toBe(productId);
    expect(await idOf({ scene: encodeURIComponent(scene) })).toBe(productId);
    expect(await idOf({ scene: 'nothing' })).toBeNull();
    const code = await codeFor('PRODUCT', productId, 430);
    expect([code.__typename, (await fetch(code.url)).status]).toEqual(['ShareCode', 200]);
  });

  it('counts down by the clock of the server', async () => {
    const { countdown } = await program.use<{ countdown: () => Promise<(instant: string) => number> }>(
      './countdown.js',
    );
    const { payUntil } = await tapped([{ skuId: onSale.skuId, quantity: 1 }]);
    const left = (await countdown())(payUntil);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(900_000);
  });

  it('makes keys that the server takes, another for each tap', async () => {
    const { newKey } = await program.use<{ newKey: () => string }>('./sending.js');
    const keys = Array.from({ length: 1_000 }, newKey);
    expect(new Set(keys).size).toBe(1_000);
    for (const key of keys) expect(key).toMatch(/^[\w-]{8,64}$/);
  });

  describe('that watches a team', () => {
    interface Change {
      readonly happened: string[];
      readonly team: { readonly status: string; readonly seatsPaid: number; readonly members: { isYou: boolean }[] };
    }
    let teamId: string;
    let changes: Change[];
    let failures: GraphqlError[];
    let stop: () => void;

    beforeEach(async () => {
      const { offer } = await anOffer(shop, { size: 2 });
      const opener = await shop.login(newId('user'));
      const { team, order } = await opener.open(offer.id);
      await paid(opener, order.checkout.id);
      teamId = team.id;
      [changes, failures] = [[], []];
      program.hurry = 50;
    });
    afterEach(() => {
      stop();
    });

    async function watch(id = teamId): Promise<void> {
      const { watchTeam } = await program.use<{
        watchTeam: (
          teamId: string,
          show: (change: Change) => void,
          fail: (errors: GraphqlError[]) => void,
        ) => () => void;
      }>('./watching.js');
      stop = watchTeam(
        id,
        (change) => changes.push(change),
        (errors) => failures.push(...errors),
      );
    }
    const told = (count: number): Promise<void> =>
      until(() => Promise.resolve(changes.length >= count), `${count} changes were told`);
    const connected = (count: number): Promise<void> =>
      until(() => Promise.resolve(program.sockets.length >= count), `it has connected ${count} times`);
    async function paid(buyer: Phone, checkoutId: string): Promise<void> {
      await buyer.pay(checkoutId, { notify: { lose: true } });
      await buyer.confirmPayment(checkoutId);
      await shop.drain();
    }

    it('is told how it stands, who joins, and that it forms; then its socket closes and stays closed', async () => {
      await watch();
      await told(1);
      const buyer = await shop.login(newId('user'));
      const { order } = await buyer.join(teamId);
      await told(2);
      await paid(buyer, order.checkout.id);
      await told(3);
      expect(changes.map(({ happened }) => happened)).toEqual([[], ['JOINED'], ['PAID', 'FORMED']]);
      expect(changes[2]!.team).toMatchObject({ status: 'FORMED', seatsPaid: 2 });
      await until(() => Promise.resolve(program.sockets[0]!.readyState === WebSocket.CLOSED), 'its socket is closed');
      expect([program.sockets.length, failures]).toEqual([1, []]);
    });

    it('connects again when its socket breaks, and has missed nothing', async () => {
      await watch();
      await told(1);
      program.sockets[0]!.close();
      await (await shop.login(newId('user'))).join(teamId);
      await until(() => Promise.resolve(changes.at(-1)?.team.members.length === 2), 'it sees who has joined');
      expect(changes[1]!.happened).toEqual([]); // It begins anew with how the team stands.
      expect(program.sockets).toHaveLength(2);
    });

    it('connects again when nothing is heard any more, although nobody said that the line is cut', async () => {
      await watch();
      await told(1);
      program.isDeaf = true;
      await connected(2);
      program.isDeaf = false;
      await told(2);
    });

    it('sees its own seat, and renews a token that is over to go on seeing it', async () => {
      await (await client()).query(ME, {});
      const { accessToken } = program.storage.get('tokens') as { accessToken: string };
      phone.accessToken = accessToken;
      await phone.join(teamId);
      await startWithExpiredToken();
      program.hurry = 50;
      await watch();
      await told(1);
      expect(changes[0]!.team.members).toMatchObject([{ isYou: false }, { isYou: true }]);
      expect([program.sockets.length, timesSent('sessionRefresh')]).toEqual([2, 1]);
    });

    it('that it may not see is told so once, in its language', async () => {
      program.language = 'en';
      await watch(newId('team'));
      await until(() => Promise.resolve(failures.length > 0), 'it has failed');
      expect(failures).toMatchObject([{ message: 'There is no such thing.', extensions: { code: 'NOT_FOUND' } }]);
      expect([program.sockets.length, changes]).toEqual([1, []]);
    });
  });

  it('needs nothing but `wx` and timers', async () => {
    for (const name of program.moduleNames) await program.use(name);
    await (await client()).query(ME, {});
    // Asked for by urql with `typeof`, and done without.
    expect([...program.missed].toSorted()).toEqual(['AbortController', 'Blob', 'File']);
    expect(program.moduleNames).toHaveLength(23);
  });

  it.each(['fetch', 'console', 'URL', 'Headers', 'AbortController', 'process', 'require', 'window', 'crypto'])(
    'would be told if it used %s',
    async (name) => {
      program = new MiniProgram(phone, `\`\`\`js\n// odd.js\nexport const kind = typeof ${name};\n\`\`\`\n`, shop.url);
      expect(await program.use<{ kind: string }>('./odd.js')).toMatchObject({ kind: 'undefined' });
      expect([...program.missed]).toEqual([name]);
    },
  );
});

describe('the tables of the API page', () => {
  /** The names in the first column of the table under this head. */
  const namesUnder = (head: string): string[] => {
    const [, table = ''] = page.split(`| ${head} |`);
    const rows = table.split('\n\n')[0]!.split('\n').slice(2);
    return rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
  };

  it('name every refusal of the schema', () => {
    const { schema } = shop.get(GraphQLSchemaHost);
    const refusals = schema.getPossibleTypes(schema.getType('Refusal') as GraphQLInterfaceType);
    expect(namesUnder('refusal').toSorted()).toEqual(refusals.map(({ name }) => name).toSorted());
  });

  it('name every code of an error', async () => {
    const sources = await Promise.all(
      ['common/request-error.ts', 'api/explanation.ts', 'api/request-explanation.ts'].map((file) =>
        readFile(`src/${file}`, 'utf8'),
      ),
    );
    const [union = ''] = /type RequestErrorCode =[^;]+/.exec(sources[0]!) ?? [];
    const written = sources
      .slice(1)
      .join('')
      .replace(/const BY_STATUS[\s\S]*?\n};/, '');
    const codes = [...`${union}${written}`.matchAll(/'([A-Z]{3,}(?:_[A-Z]+)*)'/g)].map(([, code]) => code);
    expect(namesUnder('code').toSorted()).toEqual(
      [...new Set(codes)].filter((code) => code !== 'BAD_REQUEST').toSorted(),
    );
  });

  it('name the limit of a page', () => {
    expect(page).toContain(`| items of a page | ${PAGE_SIZE_MAX} |`);
  });
});
