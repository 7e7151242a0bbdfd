import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ConsentMissing,
  type ConsentPurpose,
  Consents,
  idBytes,
  PersonalData,
  PersonalDataHolders,
  Purpose,
  Refused,
} from '#common';
import type { UserId } from '#identity';
import { ASKED, Consent, ConsentsService, NEEDED } from '#privacy';
import { anOffer } from '../support/builders.js';
import type { Phone } from '../support/phone.js';
import { hasAgreed } from '../../src/privacy/consent.queries.js';
import { Shop } from '../support/shop.js';
import { until } from '../support/sound.js';

const FIELDS = 'purpose isNeeded version text covers isGiven given { version text givenAt } withdrawnAt';
const ALL = `{ privacyConsents { ${FIELDS} } }`;
const GIVE = `mutation ($input: ConsentGiveInput!) { consentGive(input: $input) {
  __typename ... on PrivacyConsent { ${FIELDS} } ... on ConsentTextChanged { consent { version text } } ... on Refusal { message } } }`;
const WITHDRAW = `mutation ($input: ConsentWithdrawInput!) { consentWithdraw(input: $input) {
  __typename ... on PrivacyConsent { ${FIELDS} } ... on Refusal { message } } }`;
const NOBODYS = '微信用户';

interface Shown {
  readonly __typename: string;
  readonly purpose: Purpose;
  readonly isNeeded: boolean;
  readonly version: number;
  readonly text: string;
  readonly isGiven: boolean;
  readonly given: { readonly version: number; readonly text: string; readonly givenAt: string } | null;
  readonly withdrawnAt: string | null;
}

let shop: Shop;
let ana: Phone;
let anaId: UserId;
let named = 0;

beforeAll(async () => {
  shop = await Shop.open();
});
beforeEach(async () => {
  named += 1;
  ana = await shop.login(`ana ${named}`);
  anaId = await ana.userId();
});
afterAll(async () => {
  await shop.close();
});

const give = (purpose: Purpose, version = 1): Promise<Shown> => ana.ask(GIVE, { input: { purpose, version } });
const withdraw = (purpose: Purpose): Promise<Shown> => ana.ask(WITHDRAW, { input: { purpose } });
const standing = async (purpose: Purpose): Promise<Shown> =>
  (await ana.ask<Shown[]>(ALL)).find((one) => one.purpose === purpose)!;
const log = (): Promise<{ purpose: string; kind: string; version: number; language: string }[]> =>
  shop.rows('SELECT purpose, kind, version, language FROM consent WHERE user_id = ? ORDER BY id', [idBytes(anaId)]);
const waitingForPeople = (): Promise<unknown[]> =>
  shop.rows("SELECT 1 FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE '%`user`%FOR UPDATE'");
const may = (purpose: ConsentPurpose): Promise<boolean> =>
  shop.get(ConsentsService).may(shop.source.manager, anaId, purpose);

describe('the purposes', () => {
  it('are all shown, and nothing is given until it is given', async () => {
    const shown = await ana.ask<Shown[]>(ALL);
    expect(shown.map(({ purpose }) => purpose)).toEqual(Object.values(Purpose));
    expect(shown.filter(({ isNeeded }) => isNeeded).map(({ purpose }) => purpose)).toEqual(Object.keys(NEEDED));
    for (const { isGiven, given, withdrawnAt } of shown)
      expect({ isGiven, given, withdrawnAt }).toEqual({ isGiven: false, given: null, withdrawnAt: null });
    for (const purpose of Object.keys(ASKED) as ConsentPurpose[]) expect(await may(purpose)).toBe(false);
    expect(await log()).toEqual([]);
  });

  it('are told in the language of the request', async () => {
    const { data } = await ana.send(ALL, {}, { 'accept-language': 'en' });
    const shown = (data as unknown as { privacyConsents: Shown[] }).privacyConsents;
    for (const { text } of shown) expect(text).toMatch(/^[A-Z][^\p{Script=Han}]+\.$/u);
    for (const { text } of await ana.ask<Shown[]>(ALL)) expect(text).toMatch(/\p{Script=Han}/u);
  });
});

describe('agreeing', () => {
  it('counts from the moment on, for that purpose alone, and shows the text as it was shown', async () => {
    const given = await give('SHARE_WITH_LEADER');
    expect(given).toMatchObject({ __typename: 'PrivacyConsent', isGiven: true, withdrawnAt: null });
    expect(given.given).toEqual({ version: 1, text: given.text, givenAt: expect.stringMatching(/^20.*Z$/) });
    expect(await may('SHARE_WITH_LEADER')).toBe(true);
    for (const other of ['SHOW_PROFILE', 'ADDRESS_BOOK', 'PHONE'] as const) expect(await may(other)).toBe(false);
  });

  it('in English is remembered in English', async () => {
    await ana.send(GIVE, { input: { purpose: 'PHONE', version: 1 } }, { 'accept-language': 'en' });
    expect((await standing('PHONE')).given!.text).toBe(ASKED.PHONE.texts[0].en);
    expect((await standing('PHONE')).text).toBe(ASKED.PHONE.texts[0].zh);
  });

  it('twice changes nothing, and eight times at once is one entry', async () => {
    await Promise.all(Array.from({ length: 8 }, () => give('PHONE')));
    expect(await log()).toEqual([{ purpose: 'PHONE', kind: 'GIVEN', version: 1, language: 'zh' }]);
  });

  it('to a text that is not the one of today is refused, with the text of today', async () => {
    expect(await give('PHONE', 2)).toEqual({
      __typename: 'ConsentTextChanged',
      message: '说明内容已更新，请阅读后再决定。',
      consent: { version: 1, text: ASKED.PHONE.texts[0].zh },
    });
    expect([await may('PHONE'), await log()]).toEqual([false, []]);
  });

  it('to a text that has changed since does not cover the new one', async () => {
    const [other] = await shop.people(1);
    await shop.source.manager.insert(Consent, {
      userId: anaId,
      purpose: 'PHONE',
      version: 7,
      kind: 'GIVEN',
      language: 'zh',
    });
    await shop.source.manager.insert(Consent, {
      userId: other!,
      purpose: 'PHONE',
      version: 1,
      kind: 'GIVEN',
      language: 'zh',
    });
    expect(await may('PHONE')).toBe(false);
    expect(await standing('PHONE')).toMatchObject({ isGiven: false, given: { version: 7 } });
    await give('PHONE');
    expect(await may('PHONE')).toBe(true);
  });

  it.each(Object.keys(NEEDED) as Purpose[])('to %s is not asked for, nor can it be taken back', async (purpose) => {
    for (const answer of [await give(purpose), await withdraw(purpose)])
      expect(answer).toMatchObject({ __typename: 'ConsentNotAsked', message: expect.stringMatching(/注销/) });
    expect(await log()).toEqual([]);
  });
});

describe('taking it back', () => {
  it('is as easy as giving it, counts at once, and leaves both on record', async () => {
    await give('PHONE');
    const withdrawn = await withdraw('PHONE');
    expect(withdrawn).toMatchObject({ isGiven: false, given: null, withdrawnAt: expect.stringMatching(/Z$/) });
    expect(await may('PHONE')).toBe(false);
    await give('PHONE');
    expect(await may('PHONE')).toBe(true);
    expect((await log()).map(({ kind }) => kind)).toEqual(['GIVEN', 'WITHDRAWN', 'GIVEN']);
  });

  it('of what was never given leaves nothing', async () => {
    expect(await withdraw('PHONE')).toMatchObject({ isGiven: false, withdrawnAt: null });
    expect(await log()).toEqual([]);
  });

  it('is kept by the database, which lets nobody change or delete it', async () => {
    await give('PHONE');
    await expect(shop.rows("UPDATE consent SET kind = 'WITHDRAWN'")).rejects.toThrow('never changed or deleted');
    await expect(shop.rows('DELETE FROM consent')).rejects.toThrow('never changed or deleted');
  });
});

describe('what stops at once', () => {
  const namesIn = async (teamId: string): Promise<string[]> => {
    const team = await shop.guest.ask<{ members: { name: string }[] }>(
      'query ($id: ID!) { team(id: $id) { members { name } } }',
      { id: teamId },
    );
    return team.members.map(({ name }) => name);
  };

  it('SHOW_PROFILE: others see a masked name while its owner agrees, and a word that is the same for all otherwise', async () => {
    const { offer } = await anOffer(shop);
    const seat = await ana.open(offer.id);
    await ana.pay(seat.order.checkout.id);
    await ana.confirmPayment(seat.order.checkout.id);
    await shop.drain();
    await ana.ask('mutation { profileUpdate(input: { nickname: "桂花糕阿婆" }) { id } }');

    expect(await namesIn(seat.team.id)).toEqual([NOBODYS]);
    await give('SHOW_PROFILE');
    expect(await namesIn(seat.team.id)).toEqual(['桂**婆']);
    await withdraw('SHOW_PROFILE');
    expect(await namesIn(seat.team.id)).toEqual([NOBODYS]);
    expect(await ana.ask('{ me { nickname } }')).toEqual({ nickname: '桂花糕阿婆' });
  });

  it('SHARE_WITH_LEADER: a leader may be told nothing any more', async () => {
    await give('SHARE_WITH_LEADER');
    expect(await may('SHARE_WITH_LEADER')).toBe(true);
    await withdraw('SHARE_WITH_LEADER');
    expect(await may('SHARE_WITH_LEADER')).toBe(false);
  });

  /** A module that keeps something for a purpose, as those that keep addresses and numbers do. */
  class NotesHolder extends PersonalData {
    override readonly holdings = [];
    override async *records(): AsyncGenerator<never> {
      await Promise.resolve();
    }
    override eraseSome(): Promise<null> {
      return Promise.resolve(null);
    }
    override async forget(db: Parameters<PersonalData['forget']>[0], userId: UserId, purpose: Purpose): Promise<void> {
      await db.query('DELETE FROM kept_note WHERE user_id = ? AND purpose = ?', [idBytes(userId), purpose]);
    }
  }

  it.each(['ADDRESS_BOOK', 'PHONE'] as const)(
    '%s: what was kept for it alone is deleted with the consent, and nothing else',
    async (purpose) => {
      await shop.rows('CREATE TABLE IF NOT EXISTS kept_note (user_id BINARY(16), purpose VARCHAR(24))');
      new NotesHolder(shop.get(PersonalDataHolders));
      await shop.rows("INSERT INTO kept_note VALUES (?, 'PHONE'), (?, 'ADDRESS_BOOK')", [
        idBytes(anaId),
        idBytes(anaId),
      ]);
      await give(purpose);
      await withdraw(purpose);
      const left = await shop.rows<{ purpose: string }>('SELECT purpose FROM kept_note WHERE user_id = ?', [
        idBytes(anaId),
      ]);
      expect(left.map((note) => note.purpose)).toEqual([purpose === 'PHONE' ? 'ADDRESS_BOOK' : 'PHONE']);
      await expect(
        shop.app.get(Consents, { strict: false }).require(shop.source.manager, anaId, purpose),
      ).rejects.toMatchObject({
        refusal: new ConsentMissing(purpose),
      });
    },
  );

  it('what is kept in the same moment in which the consent is taken back is not left behind', async () => {
    await shop.rows('CREATE TABLE IF NOT EXISTS kept_note (user_id BINARY(16), purpose VARCHAR(24))');
    new NotesHolder(shop.get(PersonalDataHolders));
    await give('PHONE');
    const consents = shop.app.get(Consents, { strict: false });
    let withdrawal: Promise<unknown> = Promise.resolve();
    await shop.source.transaction(async (db) => {
      await consents.require(db, anaId, 'PHONE');
      withdrawal = shop.get(ConsentsService).withdraw({ userId: anaId, language: 'zh' }, 'PHONE');
      await until(async () => (await waitingForPeople()).length > 0, 'the withdrawal waits for the account');
      await db.query("INSERT INTO kept_note VALUES (?, 'PHONE')", [idBytes(anaId)]);
    });
    await withdrawal;
    expect(await shop.rows('SELECT 1 FROM kept_note WHERE user_id = ?', [idBytes(anaId)])).toEqual([]);
  });

  it('a purpose that is agreed to is let through, one that is not is refused by its name', async () => {
    const consents = shop.app.get(Consents, { strict: false });
    await give('PHONE');
    await consents.require(shop.source.manager, anaId, 'PHONE');
    const refused = consents.require(shop.source.manager, anaId, 'SHOW_PROFILE');
    await expect(refused).rejects.toBeInstanceOf(Refused);
    await expect(refused).rejects.toMatchObject({ refusal: { purpose: 'SHOW_PROFILE' } });
  });
});

it('the condition that queries use says of any log what the rule says', async () => {
  const people = await shop.people(60);
  for (const [number, userId] of people.entries()) {
    const acts = Array.from({ length: number % 5 }, (_, act) => ({
      ...{ userId, purpose: 'PHONE' as const, language: 'zh' as const, version: 1 + (((number >> 2) + act) % 2) },
      kind: (number >> act) % 2 === 0 ? ('GIVEN' as const) : ('WITHDRAWN' as const),
    }));
    for (const act of acts) await shop.source.manager.insert(Consent, act);
  }
  const agreed = await shop.rows<{ id: Buffer }>(`SELECT id FROM user WHERE ${hasAgreed('user.id', 'PHONE')}`);
  const found = new Set(agreed.map(({ id }) => id.toString('hex')));
  const answers = await Promise.all(
    people.map((id) => shop.get(ConsentsService).may(shop.source.manager, id, 'PHONE')),
  );
  expect(people.map((id) => found.has(idBytes(id).toString('hex')))).toEqual(answers);
  expect(new Set(answers)).toEqual(new Set([true, false]));
});

it('the state is one read of an index, however long the log is', async () => {
  await give('SHOW_PROFILE');
  const plan = await shop.rows<{ key: string | null; rows: number | string }>(
    "EXPLAIN SELECT * FROM consent WHERE user_id = ? AND purpose = 'SHOW_PROFILE' ORDER BY id DESC LIMIT 1",
    [idBytes(anaId)],
  );
  expect(plan.map(({ key }) => key)).toEqual(['consent_of']);
});
