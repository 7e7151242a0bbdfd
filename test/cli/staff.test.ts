import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NoSuchStaff, StaffAccountsService } from '#identity';
import { BadOption, readOptions, type StaffOptions } from '../../src/cli/staff/options.js';
import { decideStaff } from '../../src/cli/staff/run.js';
import { Desk } from '../support/desk.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';

const reason = 'runs the night shift';
const WHY = ['--reason', reason];

describe('the arguments of `npm run staff`', () => {
  // prettier-ignore
  it.each<[args: string[], options: StaffOptions]>([
    [['list'], { action: 'list' }],
    [['add', 'Kim', '金', '--roles', 'FINANCE,ADMIN,ADMIN', ...WHY], { action: 'add', loginName: 'kim', displayName: '金', roles: ['ADMIN', 'FINANCE'], reason }],
    [['role', 'kim', '--roles', 'SUPPORT', '--reason', ` ${reason} `], { action: 'role', loginName: 'kim', roles: ['SUPPORT'], reason }],
    [['disable', 'kim', ...WHY], { action: 'disable', loginName: 'kim', reason }],
    [[...WHY, 'enable', 'kim'], { action: 'enable', loginName: 'kim', reason }],
    [['reset', 'kim', ...WHY], { action: 'reset', loginName: 'kim', reason }],
  ])('%j say what to do', (args, options) => {
    expect(readOptions(args)).toEqual(options);
  });

  // prettier-ignore
  it.each<[args: string[], named: string]>([
    [[],                                                       'the first word'],
    [['promote', 'kim', ...WHY],                               'the first word'],
    [['list', 'all'],                                          'not all'],
    [['add'],                                                  'LOGIN_NAME'],
    [['add', '金', '金', '--roles', 'ADMIN', ...WHY],           'LOGIN_NAME'],
    [['add', 'kim', '--roles', 'ADMIN', ...WHY],               'DISPLAY_NAME'],
    [['add', 'kim', '金'.repeat(65), '--roles', 'ADMIN', ...WHY], 'DISPLAY_NAME'],
    [['add', 'kim', '金', ...WHY],                              '--roles'],
    [['add', 'kim', '金', '--roles', '', ...WHY],               '--roles'],
    [['add', 'kim', '金', '--roles', 'ADMIN,EMPEROR', ...WHY],  '--roles'],
    [['add', 'kim', '金', 'now', '--roles', 'ADMIN', ...WHY],   'not now'],
    [['role', 'kim', ...WHY],                                  '--roles'],
    [['disable', 'kim', 'now', ...WHY],                        'not now'],
    [['disable', 'kim'],                                       '--reason'],
    [['disable', 'kim', '--reason', '  '],                     '--reason'],
    [['reset', 'kim', '--reason', 'x'.repeat(256)],            '--reason'],
    [['reset', 'kim', '--password', 'x', ...WHY],              '--password'],
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
  const run = (...args: string[]): Promise<string[]> =>
    decideStaff(shop.get(StaffAccountsService), readOptions(args), 'command:root');
  const codeIn = ([, line = '']: string[]): string => line.split(': ').at(-1)!;

  it('makes an account that somebody can enrol, changes it, says what came of it, and lists who has one', async () => {
    const added = await run('add', 'kim', '金', '--roles', 'FINANCE,ADMIN', ...WHY);
    expect(added[0]).toBe('kim is added as ADMIN, FINANCE');
    expect(added[1]).toMatch(
      /^enrolment code, good once until \d{4}-\S+Z and shown only here: ([A-Z2-7]{4}-){7}[A-Z2-7]{4}$/,
    );
    expect(await run('list')).toEqual(['kim (金) ACTIVE ADMIN,FINANCE not enrolled']);
    const kim = new Desk(shop.url, 'kim');
    await kim.enrol({ enrolmentCode: codeIn(added) });
    await kim.login();
    expect(await run('role', 'kim', '--roles', 'SUPPORT', ...WHY)).toEqual(['kim is SUPPORT now']);
    expect(await run('role', 'kim', '--roles', 'SUPPORT', ...WHY)).toEqual(['kim is SUPPORT already']);
    expect(await run('disable', 'kim', ...WHY)).toEqual(['kim is disabled now']);
    expect(await run('disable', 'kim', ...WHY)).toEqual(['kim is disabled already']);
    expect(await run('list')).toEqual([expect.stringMatching(/^kim \(金\) DISABLED SUPPORT enrolled \d{4}-\S+Z$/)]);
    expect(await kim.state()).toBe('UNAUTHENTICATED');
    expect(await run('enable', 'kim', ...WHY)).toEqual(['kim is enabled now']);
    const reset = await run('reset', 'kim', ...WHY);
    expect(reset[0]).toBe('kim is reset: password, second factor and sessions are gone');
    await kim.enrol({ enrolmentCode: codeIn(reset) });
    await kim.login();
    expect(await kim.state()).toBe('OK');
    await expectSound(shop);
  });

  it('adds nobody twice, and knows nobody who was not added', async () => {
    await run('add', 'lee', '李', '--roles', 'ADMIN', ...WHY);
    await expect(run('add', 'LEE', '李', '--roles', 'ADMIN', ...WHY)).rejects.toThrow(NoSuchStaff);
    for (const action of ['disable', 'enable', 'reset'])
      await expect(run(action, 'nobody', ...WHY)).rejects.toThrow(NoSuchStaff);
  });
});
