import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Vault } from '#common';
import { User, USER_SEALS, type UserId } from '#identity';
import { anOffer } from '../support/builders.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSettled } from '../support/sound.js';

let shop: Shop;
let ana: Phone;
/** Everything that anybody logged, at every level, and whatever went to the two outputs beside that. */
const heard: string[] = [];

const listen = (...parts: unknown[]): void => {
  heard.push(
    parts
      .map((part) => (part instanceof Error ? `${part.stack ?? ''} ${JSON.stringify(part)}` : String(part)))
      .join(' '),
  );
};

beforeAll(async () => {
  shop = await Shop.open();
  shop.app.useLogger({ log: listen, error: listen, warn: listen, debug: listen, verbose: listen, fatal: listen });
  for (const output of [process.stdout, process.stderr]) {
    jest.spyOn(output, 'write').mockImplementation((text) => {
      listen(text);
      return true;
    });
  }
  ana = await shop.login('ana');
});
afterAll(async () => {
  jest.restoreAllMocks();
  await shop.close();
});

/** What must not be seen of a person, in each form it may be written. */
async function secretsOf(id: UserId): Promise<Map<string, Buffer[]>> {
  const vault = shop.get(Vault);
  const user = await shop.source.manager.findOneByOrFail(User, { id });
  const values = {
    openid: vault.open(USER_SEALS.openid, id, user.openid),
    unionid: vault.open(USER_SEALS.unionid, id, user.unionid!),
    'session key': vault.open(USER_SEALS.sessionKey, id, user.sessionKey!),
  };
  return new Map(
    Object.entries(values).map(([name, value]) => [name, [Buffer.from(value), Buffer.from(value, 'base64')]]),
  );
}

/** The columns in which the bytes stand, of every column that could hold them. */
async function columnsWith(forms: readonly Buffer[]): Promise<string[]> {
  const columns = await shop.rows<{ table: string; column: string }>(
    `SELECT table_name AS \`table\`, column_name AS \`column\` FROM information_schema.columns
     WHERE table_schema = DATABASE() AND data_type REGEXP 'char|text|binary|blob|json'`,
  );
  const found: string[] = [];
  for (const { table, column } of columns) {
    for (const form of forms) {
      const rows = await shop.rows(
        `SELECT 1 FROM \`${table}\` WHERE LOCATE(CAST(? AS BINARY), CAST(\`${column}\` AS BINARY)) > 0 LIMIT 1`,
        [form],
      );
      if (rows.length > 0) found.push(`${table}.${column}`);
    }
  }
  return [...new Set(found)];
}

describe('after a whole purchase, with some things going wrong', () => {
  let secrets: Map<string, Buffer[]>;

  beforeAll(async () => {
    secrets = await secretsOf(await ana.userId());
    const { offer } = await anOffer(shop, { size: 2 });
    const seat = await ana.open(offer.id);
    await shop.fault('prepay', 'error_500');
    await ana.send('mutation ($input: CheckoutInput!) { paymentStart(input: $input) { __typename } }', {
      input: { checkoutId: seat.order.checkout.id },
    });
    await ana.pay(seat.order.checkout.id);
    await ana.confirmPayment(seat.order.checkout.id);
    await shop.drain();
    const bo = await shop.login('bo');
    const joined = await bo.join(seat.team.id);
    await bo.pay(joined.order.checkout.id);
    await bo.confirmPayment(joined.order.checkout.id);
    await expectSettled(shop);

    // A login that fails inside its transaction: the statements of an error name what they were to write.
    await shop.rows('RENAME TABLE session TO session_away');
    const code = await shop.phone('ana').loginCode();
    const { errors } = await shop.guest.send(`mutation { login(input: { code: "${code}" }) { __typename } }`);
    expect(errors?.[0]?.extensions.code).toBe('INTERNAL');
    await shop.rows('RENAME TABLE session_away TO session');
  });

  it('no table shows the openid, the unionid or the session key of the buyer', async () => {
    for (const [name, forms] of secrets) {
      const columns = await columnsWith(forms);
      expect([name, columns]).toEqual([name, []]);
    }
  });

  it('no log does either, not even of what failed', () => {
    const log = heard.join('\n');
    expect(log).toMatch(/session/); // The failed login was heard.
    expect(log).toMatch(/SYSTEMERROR/); // So was what WeChat said.
    for (const forms of secrets.values()) {
      for (const form of forms) {
        for (const encoding of ['latin1', 'base64', 'hex'] as const) expect(log).not.toContain(form.toString(encoding));
      }
    }
  });

  it('and this search would have found them', async () => {
    const [openid] = secrets.get('openid')!;
    await shop.rows("INSERT INTO job (name, args, run_at) VALUES ('canary', ?, NOW(3) + INTERVAL 1 DAY)", [
      JSON.stringify({ payer: openid!.toString() }),
    ]);
    expect(await columnsWith([openid!])).toContain('job.args');
  });
});
