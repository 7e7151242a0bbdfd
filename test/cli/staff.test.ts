import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Supplier, type SupplierId } from '#catalog';
import { newId } from '#common';
import { LoginNameTaken, NoSuchStaff, RolesUnfit } from '#identity';
import { BadOption, readOptions, type StaffOptions } from '../../src/cli/staff/options.js';
import { NoSuchSupplier } from '../../src/cli/staff/run.js';
import { anOffer } from '../support/builders.js';
import { Desk } from '../support/desk.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';
import { staffCommand } from '../support/staff-command.js';

const reason = 'runs the night shift';
const ORCHARD = newId('supplier');
const WHY = ['--reason', reason];

describe('the arguments of `npm run staff`', () => {
  // prettier-ignore
  it.each<[args: string[], options: StaffOptions]>([
    [['list'], { action: 'list' }],
    [['add', 'Kim', '金', '--roles', 'FINANCE,ADMIN,ADMIN', ...WHY], { action: 'add', loginName: 'kim', displayName: '金', roles: ['ADMIN', 'FINANCE'], supplierId: null, reason }],
    [['add', 'fay', '小费', '--supplier', ORCHARD, ...WHY], { action: 'add', loginName: 'fay', displayName: '小费', roles: ['SUPPLIER'], supplierId: ORCHARD, reason }],
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
    [['add', 'fay', '费', '--supplier', '果园', ...WHY],         '--supplier'],
    [['add', 'fay', '费', '--supplier', newId('sku'), ...WHY],  '--supplier'],
    [['add', 'fay', '费', '--supplier', ORCHARD, '--roles', '', ...WHY], '--roles'],
    [['role', 'fay', '--supplier', ORCHARD, '--roles', 'SUPPLIER', ...WHY], '--supplier is for add'],
    [['enable', 'fay', '--supplier', ORCHARD, ...WHY],         '--supplier is for add'],
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
  const run = (...args: string[]): Promise<string[]> => staffCommand(shop, ...args);
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
    await expect(run('add', 'LEE', '李', '--roles', 'ADMIN', ...WHY)).rejects.toThrow(LoginNameTaken);
    for (const action of ['disable', 'enable', 'reset'])
      await expect(run(action, 'nobody', ...WHY)).rejects.toThrow(NoSuchStaff);
  });

  describe('for a supplier', () => {
    let orchardId: SupplierId;
    beforeAll(async () => {
      await anOffer(shop, { supplier: '果园' });
      orchardId = (await shop.source.manager.findOneByOrFail(Supplier, { name: '果园' })).id;
    });
    const addFor = (name: string, supplierId: string, ...more: string[]): Promise<string[]> =>
      run('add', name, '小费', '--supplier', supplierId, ...more, ...WHY);

    it('makes as many accounts as it takes, each with the one role, and says whose they are', async () => {
      const added = await addFor('fay', orchardId);
      expect(added[0]).toBe('fay is added as SUPPLIER');
      expect((await addFor('gus', orchardId, '--roles', 'SUPPLIER'))[0]).toBe('gus is added as SUPPLIER');
      expect(await run('list')).toEqual(
        expect.arrayContaining([
          `fay (小费) ACTIVE SUPPLIER of ${orchardId} not enrolled`,
          `gus (小费) ACTIVE SUPPLIER of ${orchardId} not enrolled`,
        ]),
      );
      const fay = new Desk(shop.url, 'fay');
      await fay.enrol({ enrolmentCode: codeIn(added) });
      await fay.login();
      expect(await fay.ask('{ ownSupplier { id } }')).toEqual({ id: orchardId });
      expect(await run('disable', 'fay', ...WHY)).toEqual(['fay is disabled now']);
      expect(await fay.state()).toBe('UNAUTHENTICATED');
      expect(await run('enable', 'fay', ...WHY)).toEqual(['fay is enabled now']);
      await run('reset', 'fay', ...WHY);
      expect(await run('role', 'fay', '--roles', 'SUPPLIER', ...WHY)).toEqual(['fay is SUPPLIER already']);
      const told = await shop.rows<{ kind: string; supplier: string }>(
        `SELECT kind, JSON_VALUE(facts_after, '$.supplierId') AS supplier FROM audit_entry JOIN staff ON staff.id = subject_id
         WHERE login_name = 'fay' ORDER BY audit_entry.id`,
      );
      expect(told).toEqual(
        ['staffAdded', 'staffEnrolled', 'staffDisabled', 'staffEnabled', 'staffReset'].map((act) => ({
          kind: `identity.${act}`,
          supplier: orchardId,
        })),
      );
      await expectSound(shop);
    });

    it('makes none for a supplier that there is not, and says so in both languages', async () => {
      const nobody = newId('supplier');
      await expect(addFor('hal', nobody)).rejects.toThrow(NoSuchSupplier);
      await expect(addFor('hal', nobody)).rejects.toThrow(`没有供应商 ${nobody}。 There is no supplier ${nobody}.`);
      expect((await run('list')).join('\n')).not.toContain('hal');
    });

    it('gives its accounts no other role, and nobody else theirs, whenever it is asked', async () => {
      await addFor('ida', orchardId);
      await run('add', 'jo', '乔', '--roles', 'SUPPORT', ...WHY);
      const before = await run('list');
      const unfit = [
        () => addFor('zoe', orchardId, '--roles', 'CATALOG'),
        () => addFor('zoe', orchardId, '--roles', 'SUPPLIER,CATALOG'),
        () => run('role', 'ida', '--roles', 'CATALOG', ...WHY),
        () => run('role', 'ida', '--roles', 'CATALOG,SUPPLIER', ...WHY),
        () => run('add', 'zoe', '佐', '--roles', 'SUPPLIER', ...WHY),
        () => run('role', 'jo', '--roles', 'SUPPLIER', ...WHY),
        () => run('role', 'jo', '--roles', 'SUPPLIER,SUPPORT', ...WHY),
      ];
      for (const attempt of unfit) await expect(attempt()).rejects.toThrow(RolesUnfit);
      await expect(unfit[0]!()).rejects.toThrow(
        '供应商账号只有供应商这一个角色。 A supplier’s account has the role SUPPLIER and no other.',
      );
      expect(await run('list')).toEqual(before);
      await expectSound(shop);
    });
  });
});
