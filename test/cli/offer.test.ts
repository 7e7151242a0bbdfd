import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sku } from '#catalog';
import { newId } from '#common';
import { OffersService } from '#teams';
import { NotDone } from '../../src/cli/offer/complaint.js';
import { BadOption, readOptions } from '../../src/cli/offer/options.js';
import { decideOffer } from '../../src/cli/offer/run.js';
import { anOffer, draftOf } from '../support/builders.js';
import { untilOfferIsAskedFor } from '../support/locks.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';

const offerId = newId('offer');
const UNTIL = '2026-12-31T23:59:59+08:00';
const WHY = ['--reason', 'spring sale'];
const ADD = [
  ...['add', '--sku', 'TEA-250=29.90:100', '--size', '3', '--hours', '24'],
  ...['--per-order', '2', '--per-buyer', '4', '--until', UNTIL, ...WHY],
];
/** The arguments of `add` with one of them replaced, or left out. */
const adding = (option: string, ...instead: string[]): string[] => ADD.toSpliced(ADD.indexOf(option), 2, ...instead);

describe('the arguments of `npm run offer`', () => {
  it('say what to offer, at which price, and why', () => {
    expect(readOptions(ADD)).toEqual({
      action: 'add',
      reason: 'spring sale',
      terms: {
        prices: [{ code: 'TEA-250', priceMinor: 2_990, unitsMax: 100 }],
        ...{ size: 3, ttlSeconds: 86_400, unitsPerOrder: 2, unitsPerBuyer: 4 },
        endsAt: new Date('2026-12-31T15:59:59Z'),
      },
    });
    const prices = ['--sku', 'A=B=0.05:1', '--sku', 'C=100.00:20'];
    expect(readOptions(adding('--sku', ...prices, '--from', '2026-12-01T00:00Z'))).toMatchObject({
      terms: {
        prices: [
          { code: 'A=B', priceMinor: 5, unitsMax: 1 },
          { code: 'C', priceMinor: 10_000, unitsMax: 20 },
        ],
        startsAt: new Date('2026-12-01T00:00:00Z'),
      },
    });
  });

  it('name only what is to be changed, stopped or shown', () => {
    expect(readOptions(['change', offerId, '--size', '5', ...WHY])).toEqual({
      ...{ action: 'change', offerId, terms: { size: 5 }, reason: 'spring sale' },
    });
    expect(readOptions(['freeze', offerId, ...WHY])).toEqual({ action: 'freeze', offerId, reason: 'spring sale' });
    expect(readOptions(['unfreeze', ...WHY, offerId])).toEqual({ action: 'unfreeze', offerId, reason: 'spring sale' });
    expect(readOptions(['list'])).toEqual({ action: 'list', standing: null });
    expect(readOptions(['list', '--standing', 'to-come'])).toEqual({ action: 'list', standing: 'TO_COME' });
    expect(readOptions(['show', offerId])).toEqual({ action: 'show', offerId });
  });

  // prettier-ignore
  it.each<{ args: string[]; named: string }>([
    { args: [],                                                named: 'add, change' },
    { args: ['make', ...ADD.slice(1)],                         named: '"make"' },
    { args: [...ADD, 'now'],                                   named: 'now' },
    { args: [...ADD, '--cheap'],                               named: '--cheap' },
    { args: [...ADD, '--standing', 'open'],                    named: '--standing' },
    { args: adding('--sku'),                                   named: '--sku is missing' },
    { args: adding('--size'),                                  named: '--size is missing' },
    { args: adding('--hours'),                                 named: '--hours is missing' },
    { args: adding('--per-order'),                             named: '--per-order is missing' },
    { args: adding('--per-buyer'),                             named: '--per-buyer is missing' },
    { args: adding('--until'),                                 named: '--until is missing' },
    { args: adding('--reason'),                                named: '--reason' },
    { args: adding('--reason', '--reason', ' '),               named: '--reason' },
    { args: adding('--reason', '--reason', 'x'.repeat(256)),   named: '--reason' },
    { args: adding('--sku', '--sku', 'TEA-250'),               named: 'CODE=YUAN:UNITS' },
    { args: adding('--sku', '--sku', 'TEA-250=29.90'),         named: 'CODE=YUAN:UNITS' },
    { args: adding('--sku', '--sku', 'TEA-250=2990:100'),      named: 'two decimals' },
    { args: adding('--sku', '--sku', 'TEA-250=29.9:100'),      named: 'two decimals' },
    { args: adding('--sku', '--sku', 'TEA-250=29,90:100'),     named: 'two decimals' },
    { args: adding('--sku', '--sku', 'TEA-250=-1.00:100'),     named: 'two decimals' },
    { args: adding('--sku', '--sku', 'TEA-250=99999999.00:1'), named: 'two decimals' },
    { args: adding('--sku', '--sku', 'TEA-250=29.90:0'),       named: 'TEA-250: UNITS' },
    { args: adding('--sku', '--sku', 'TEA-250=29.90:1e3'),     named: 'TEA-250: UNITS' },
    { args: adding('--sku', ...Array.from({ length: 51 }, (_, n) => ['--sku', `T${n}=1.00:1`]).flat()), named: '50 times' },
    { args: adding('--size', '--size', '1'),                   named: '--size' },
    { args: adding('--size', '--size', '101'),                 named: '--size' },
    { args: adding('--hours', '--hours', '0.5'),               named: '--hours' },
    { args: adding('--per-order', '--per-order', '10000'),     named: '--per-order' },
    { args: adding('--per-buyer', '--per-buyer', '0'),         named: '--per-buyer' },
    { args: adding('--until', '--until', '2026-12-31'),        named: '--until' },
    { args: adding('--until', '--until', '2026-12-31T23:59'),  named: '--until' },
    { args: adding('--until', '--until', '2026-02-30T00:00Z'), named: '--until' },
    { args: adding('--until', '--until', '2101-01-01T00:00Z'), named: '--until' },
    { args: [...ADD, '--from', 'tomorrow'],                    named: '--from' },
    { args: ['change', ...WHY],                                named: 'OFFER_ID' },
    { args: ['change', newId('sku'), ...WHY],                  named: 'OFFER_ID' },
    { args: ['change', offerId],                               named: '--reason' },
    { args: ['freeze', offerId],                               named: '--reason' },
    { args: ['freeze', offerId, 'now', ...WHY],                named: 'now' },
    { args: ['freeze', offerId, '--size', '3', ...WHY],        named: '--size' },
    { args: ['show', offerId, ...WHY],                         named: '--reason' },
    { args: ['list', '--standing', 'closed'],                  named: '--standing' },
    { args: ['list', offerId],                                 named: offerId },
  ])('that cannot be followed are named: $args', ({ args, named }) => {
    expect(() => readOptions(args)).toThrow(BadOption);
    expect(() => readOptions(args)).toThrow(named);
  });
});

describe('the command', () => {
  let shop: Shop;
  let code: string;
  beforeAll(async () => {
    shop = await Shop.open();
    const { skuId } = await anOffer(shop, { priceMinor: 10_000 });
    ({ code } = await shop.source.manager.findOneByOrFail(Sku, { id: skuId }));
  });
  afterAll(async () => {
    await expectSound(shop);
    await shop.close();
  });
  const run = (...args: string[]): Promise<string[]> => decideOffer(shop.app, readOptions(args), 'command:root');
  const addArgs = (): string[] => adding('--sku', '--sku', `${code}=79.90:60`);
  const terms = (size: number, yuan: string): string =>
    `teams of ${size} within 24 h, 2 to an order, 4 to a buyer, \\S+Z to 2026-12-31T15:59:59.000Z, ${code}=${yuan}:60 \\(0 taken\\)`;

  it('makes an offer, changes what is named of it, stops it, lets it go on, and tells who did it', async () => {
    const [added = ''] = await run(...addArgs());
    expect(added).toMatch(new RegExp(`^offer_\\w+ revision 1: ${terms(3, '79.90')}$`));
    const [id = ''] = added.split(' ');
    expect(await run('change', id, '--size', '4', '--reason', 'more fun')).toEqual([
      expect.stringMatching(new RegExp(`^${id} revision 2: ${terms(4, '79.90')}$`)),
    ]);
    const [changed] = await run('change', id, '--sku', `${code}=60.00:60`, '--reason', 'cheaper');
    expect(changed).toMatch(new RegExp(`^${id} revision 3: ${terms(4, '60.00')}$`));
    expect(await run('freeze', id, '--reason', 'bad batch')).toEqual([expect.stringContaining('frozen since')]);
    expect(await run('list', '--standing', 'frozen')).toEqual([expect.stringContaining(id)]);
    expect(await run('unfreeze', id, '--reason', 'good batch')).toEqual([changed]);

    const by = (what: string): unknown => expect.stringMatching(new RegExp(`Z ${what}$`));
    expect(await run('show', id)).toEqual([
      changed,
      by('UNFROZEN by command:root, revision 3: good batch'),
      by('FROZEN by command:root, revision 3: bad batch'),
      by('CHANGED by command:root, revision 3: cheaper'),
      by('CHANGED by command:root, revision 2: more fun'),
      by('ADDED by command:root, revision 1: spring sale'),
    ]);
    expect((await run('list'))[0]).toBe(changed);
    expect(await run('list', '--standing', 'frozen')).toEqual([]);
  });

  it.each<{ args: () => string[]; message: () => string }>([
    { args: () => adding('--sku', '--sku', 'GONE=1.00:9'), message: () => '--sku GONE: There is no such SKU.' },
    {
      args: () => adding('--sku', '--sku', `${code}=1.00:9`, '--sku', `${code}=2.00:9`),
      message: () => `--sku ${code}: Must be named only once.`,
    },
    {
      args: () => adding('--sku', '--sku', `${code}=100.01:9`),
      message: () => `--sku ${code}: The team price must not be above the price of buying alone, which is ¥100.00.`,
    },
    {
      args: () => [...addArgs(), '--hours', '49'],
      message: () =>
        'A team may take 48 hours at most to fill, because goods must be shipped within that time of being paid.',
    },
    {
      args: () => [...addArgs(), '--per-order', '5'],
      message: () => '--per-order: Must not be more than one buyer may have.',
    },
    {
      args: () => [...addArgs(), '--from', '2027-01-01T00:00Z'],
      message: () => '--until: Must be later than the start.',
    },
    { args: () => ['freeze', offerId, ...WHY], message: () => 'OFFER_ID: Does not exist.' },
    { args: () => ['change', offerId, ...WHY], message: () => 'OFFER_ID: Does not exist.' },
    { args: () => ['show', offerId], message: () => 'OFFER_ID: Does not exist.' },
  ])('says in English, by its argument, why it does not: $args', async ({ args, message }) => {
    const before = await run('list');
    const attempt = run(...args());
    await expect(attempt).rejects.toThrow(NotDone);
    await expect(attempt).rejects.toThrow(message());
    expect(await run('list')).toEqual(before);
  });

  it('changes nothing if somebody else changes the offer meanwhile', async () => {
    const { offer } = await anOffer(shop);
    const others = { ...(await draftOf(shop, offer)), by: 'command:other', reason: 'was faster' } as const;
    const offers = shop.get(OffersService);
    const attempt = await shop.source.transaction(async (db) => {
      await offers.change(db, { ...others, offerId: offer.id, revision: 1 });
      const slower = run('change', offer.id, '--size', '5', ...WHY).catch((error: unknown) => error);
      await untilOfferIsAskedFor(shop);
      return { slower };
    });
    expect(await attempt.slower).toEqual(
      new NotDone('Somebody else has changed this offer meanwhile. Look at it as it stands, then change it again.'),
    );
  });
});
