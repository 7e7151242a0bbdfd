import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#common';
import { PeopleService } from '#identity';
import { BadOption, readOptions, type RoleOptions } from '../../src/cli/role/options.js';
import { changeRole } from '../../src/cli/role/run.js';
import { Shop } from '../support/shop.js';

const userId = newId('user');

describe('the arguments of `npm run role`', () => {
  it('say what to do, for whom and why', () => {
    expect(readOptions(['list'])).toEqual({ action: 'list' });
    const why = { userId, role: 'OPERATOR', reason: 'runs the night shift' };
    expect(readOptions(['grant', userId, 'OPERATOR', '--reason', why.reason])).toEqual({ ...why, action: 'grant' });
    expect(readOptions(['--reason', ` ${why.reason} `, 'revoke', userId, 'OPERATOR'])).toEqual({
      ...why,
      action: 'revoke',
    });
  });

  // prettier-ignore
  it.each<[args: string[], named: string]>([
    [[],                                                           'grant, revoke or list'],
    [['promote', userId, 'OPERATOR', '--reason', 'x'],             'grant, revoke or list'],
    [['list', 'all'],                                              'grant, revoke or list'],
    [['grant'],                                                    'USER_ID'],
    [['grant', newId('order'), 'OPERATOR', '--reason', 'x'],       'USER_ID'],
    [['grant', userId],                                            'OPERATOR'],
    [['grant', userId, 'BUYER', '--reason', 'x'],                  'OPERATOR'],
    [['grant', userId, 'operator', '--reason', 'x'],               'OPERATOR'],
    [['grant', userId, 'OPERATOR', 'now', '--reason', 'x'],        'now'],
    [['grant', userId, 'OPERATOR'],                                '--reason'],
    [['grant', userId, 'OPERATOR', '--reason', '  '],              '--reason'],
    [['grant', userId, 'OPERATOR', '--reason', 'x'.repeat(256)],   '--reason'],
    [['grant', userId, 'OPERATOR', '--because', 'x'],              '--because'],
  ])('that cannot be followed are named: %j', (args, named) => {
    expect(() => readOptions(args)).toThrow(BadOption);
    expect(() => readOptions(args)).toThrow(named);
  });
});

describe('the command', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(async () => {
    await shop.close();
  });
  const run = (options: RoleOptions): Promise<string[]> => changeRole(shop.get(PeopleService), options, 'command:root');

  it('makes an operator and takes it back, says what came of it, and lists who is one', async () => {
    const ana = await (await shop.login('ana')).userId();
    const change = { userId: ana, role: 'OPERATOR', reason: 'runs the shop' } as const;
    expect(await run({ ...change, action: 'grant' })).toEqual([`${ana} is OPERATOR now`]);
    expect(await run({ ...change, action: 'grant' })).toEqual([`${ana} is OPERATOR already`]);
    expect(await run({ action: 'list' })).toEqual([
      expect.stringMatching(new RegExp(`^${ana} OPERATOR since \\d{4}-\\S+Z by command:root$`)),
    ]);
    expect(await run({ ...change, action: 'revoke' })).toEqual([`${ana} is no longer OPERATOR`]);
    expect(await run({ ...change, action: 'revoke' })).toEqual([`${ana} is not OPERATOR`]);
    expect(await run({ action: 'list' })).toEqual([]);
  });

  it('knows nobody who never logged in', async () => {
    const attempt = run({ action: 'grant', userId, role: 'OPERATOR', reason: 'x' });
    await expect(attempt).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
