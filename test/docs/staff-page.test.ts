import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { fromBase32 } from '../../src/identity/staff/base32.js';
import { totpCode, totpStepAt } from '../../src/identity/staff/totp.rules.js';
import { bought, supplierOf } from '../fulfilment/warehouse.js';
import { anOffer } from '../support/builders.js';
import { Client } from '../support/client.js';
import { Desk } from '../support/desk.js';
import { Shop } from '../support/shop.js';
import { staffCommand } from '../support/staff-command.js';

const PASSWORD = 'as long as one likes';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(async () => {
  await shop.close();
});

async function sectionOf(title: string): Promise<string> {
  const [, rest = ''] = (await readFile('docs/API.md', 'utf8')).split(`\n## ${title}\n`);
  return rest.split('\n## ')[0]!;
}

function documentsOf(section: string): string[] {
  return [...section.matchAll(/^```graphql\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
}

/** What stands behind `npm run staff --`, as a shell takes it apart. */
function argumentsIn(section: string): string[] {
  const [command = ''] = /npm run staff -- add .*/.exec(section) ?? [];
  return [...command.replace('npm run staff -- ', '').matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, word]) => quoted ?? word!,
  );
}

it('one of the staff gets in by the steps of the API page, word for word', async () => {
  const section = await sectionOf('The staff');
  const documents = documentsOf(section);
  expect(documents).toHaveLength(4);
  const lines = await staffCommand(shop, ...argumentsIn(section));
  const enrolmentCode = lines.at(-1)!.split(' ').at(-1)!;
  const client = new Client(shop.url, null);
  const send = (number: number, input: object): Promise<Record<string, string | undefined>> =>
    client.ask(documents[number]!, { input });

  const { secret } = await send(0, { enrolmentCode, password: PASSWORD });
  const code = (steps: number): string => totpCode(fromBase32(secret!), totpStepAt(new Date()) + steps);
  const enrolled = await send(1, { enrolmentCode, code: code(0) });
  expect(enrolled).toMatchObject({
    __typename: 'StaffEnrolled',
    staff: { loginName: 'kim', roles: ['FINANCE', 'SUPPORT'] },
  });
  const login = await send(2, { loginName: 'kim', password: PASSWORD, code: code(1) });
  expect(login).toMatchObject({ __typename: 'StaffLogin', staff: { displayName: '金师傅' } });
  client.accessToken = login['accessToken'] ?? null;
  const [recoveryCode] = enrolled['recoveryCodes'] as unknown as string[];
  expect(await send(3, { password: PASSWORD, code: recoveryCode, newPassword: 'longer than before' })).toEqual({
    __typename: 'Staff',
  });
});

it('somebody who works for a supplier is let in by the command of the API page, and sees the goods as it says', async () => {
  const section = await sectionOf('Suppliers');
  const { productId } = await anOffer(shop, { supplier: '果园', stock: 7 });
  const product = 'query ($id: ID!) { product(id: $id) { name supplier { id } } }';
  const { name, supplier } = await shop.guest.ask<{ name: string; supplier: { id: string } }>(product, {
    id: productId,
  });
  const args = argumentsIn(section).map((word) => word.replace('SUPPLIER_ID', supplier.id));
  const fay = new Desk(shop.url, 'fay');
  await fay.enrol({ enrolmentCode: (await staffCommand(shop, ...args)).at(-1)!.split(' ').at(-1)! });
  await fay.login();
  const { data } = await fay.send(documentsOf(section)[0]!, {});
  const sku = { code: expect.any(String), priceMinor: 10_000 };
  const node = {
    product: { id: productId, name, status: 'ON_SALE' },
    skus: [{ sku, onHand: 7, reserved: 0, sold: 0 }],
  };
  expect(data).toEqual({
    ownSupplier: { name: '果园' },
    suppliedProducts: { edges: [{ node }], pageInfo: { hasNextPage: false, endCursor: expect.any(String) } },
  });
});

it('a supplier ships by the documents of the API page, word for word', async () => {
  const [, list, send] = documentsOf(await sectionOf('Suppliers')) as [string, string, string];
  const sale = await anOffer(shop, { supplier: '茶园' });
  const [ana, gus] = [await shop.login('ana'), await shop.supplier('gus', await supplierOf(shop, sale))];
  const orderId = await bought(shop, ana, sale.skuId, 2);
  const { data } = await gus.send(list, {});
  const address = { recipientName: '张三', phone: '020-81167888', detail: '新港中路397号' };
  expect(data).toMatchObject({
    carriers: expect.arrayContaining([{ id: 'ZTO', name: '中通快递' }]),
    ordersToShip: { edges: [{ node: { id: orderId, isOverdue: false, delivery: { address } } }] },
  });
  const input = { orderId, carrier: 'ZTO', trackingNumber: '78912345678901', idempotencyKey: 'the-first-parcel' };
  expect(await gus.ask(send, { input })).toMatchObject({ __typename: 'Parcel', trackingNumber: '78912345678901' });
  const [stuck] = documentsOf(await sectionOf('Shipping and WeChat'));
  const olga = await shop.operator('olga', 'SUPPORT');
  expect(await olga.ask(stuck!, {})).toMatchObject({ edges: [] });
});

it('an ADMIN hears that something is broken once it was looked at, and cannot have it done all the time', async () => {
  const alarm = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  const [soundness, check] = documentsOf(await sectionOf('Whether everything holds')) as [string, string];
  const olga = await shop.operator('olga', 'ADMIN');
  await anOffer(shop);
  expect(await olga.ask(soundness)).toMatchObject({ lastRun: null });
  await shop.rows('UPDATE stock SET on_hand = on_hand + 1');
  expect(await olga.ask(check)).toEqual({ __typename: 'InvariantReport', runningSince: null });
  await shop.drain();
  await shop.rows('UPDATE stock SET on_hand = on_hand - 1');
  const { lastRun, invariants } = await olga.ask<{ lastRun: object; invariants: { status: string }[] }>(soundness);
  expect(lastRun).toMatchObject({ broken: 1, unfinished: 0 });
  expect(invariants.filter(({ status }) => status === 'BROKEN')).toMatchObject([
    { name: 'units-add-up', holds: '现货、占用与售出之和等于收货与调整之和，且均不为负。' },
  ]);
  expect(await olga.ask(check)).toMatchObject({ __typename: 'TooManyAttempts' });
  expect(alarm).toHaveBeenCalledWith(expect.stringContaining('units-add-up is broken'));
  alarm.mockRestore();
});
