import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Id, idBytes, newId, Refused } from '#common';
import { BLOCKS_MAX, BlocksService, LiftedBlock, notBlocked, TooManyBlocks, UserBlock, type UserId } from '#identity';
import { SCHEDULE } from '../../src/schedule.js';
import type { Answer } from '../support/client.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';

const BLOCKED = `query ($first: Int!, $after: String) { blockedPeople(first: $first, after: $after) {
  edges { node { id maskedName blockedAt } } pageInfo { hasNextPage endCursor } } }`;
const UNBLOCK = 'mutation ($input: PersonUnblockInput!) { personUnblock(input: $input) }';

interface Blocked {
  readonly edges: readonly { node: { id: string; maskedName: string; blockedAt: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let shop: Shop;
let blocks: BlocksService;
let ana: Phone;
let anaId: UserId;
let named = 0;

beforeAll(async () => {
  shop = await Shop.open();
  blocks = shop.get(BlocksService);
});
beforeEach(async () => {
  named += 1;
  ana = await shop.login(`ana ${named}`);
  anaId = await ana.userId();
});
afterAll(async () => {
  await shop.close();
});

const blockedOf = (phone: Phone, first = 20, after: string | null = null): Promise<Blocked> =>
  phone.ask(BLOCKED, { first, after });
const unblock = (phone: Phone, blockId: string): Promise<Answer> => phone.send(UNBLOCK, { input: { blockId } });
const namesOf = ({ edges }: Blocked): string[] => edges.map(({ node }) => node.maskedName);
const refusalOf = async (attempt: Promise<unknown>): Promise<string> => {
  try {
    await attempt;
    return 'done';
  } catch (error) {
    if (error instanceof Refused) return error.refusal.constructor.name;
    throw error;
  }
};
/** Blocks as they would stand, of people who exist. */
const blockMany = async (userId: UserId, count: number): Promise<void> => {
  const people = await shop.people(count);
  await shop.source.manager.insert(
    UserBlock,
    people.map((blockedId) => ({ id: newId('block'), userId, blockedId })),
  );
};
const countOf = (userId: UserId): Promise<number> => shop.source.manager.countBy(UserBlock, { userId });

describe('blocking somebody', () => {
  it('gives one block, however often and however many at once ask for it', async () => {
    const [bo] = await shop.people(1);
    const all = await Promise.all(Array.from({ length: 8 }, () => blocks.block(anaId, bo!)));
    const again = await blocks.block(anaId, bo!);
    expect(new Set([...all, again].map(({ id }) => id)).size).toBe(1);
    expect(again).toBeInstanceOf(UserBlock);
    expect(all[0]!.blockedAt).toEqual(again.blockedAt);
    expect(await countOf(anaId)).toBe(1);
  });

  it('oneself is refused', async () => {
    expect(await refusalOf(blocks.block(anaId, anaId))).toBe('CannotBlockOneself');
    const direct = shop.rows('INSERT INTO user_block (id, user_id, blocked_id) VALUES (?, ?, ?)', [
      idBytes(newId('block')),
      idBytes(anaId),
      idBytes(anaId),
    ]);
    await expect(direct).rejects.toThrow('user_block_another');
  });

  it('stops at a thousand people, and says so; who is blocked already may be asked for again', async () => {
    await blockMany(anaId, BLOCKS_MAX - 1);
    const [last, more] = await shop.people(2);
    const block = await blocks.block(anaId, last!);
    await expect(blocks.block(anaId, more!)).rejects.toMatchObject({ refusal: { blocksMax: 1_000 } });
    expect((await blocks.block(anaId, last!)).id).toBe(block.id);
    await blocks.lift(anaId, block.id);
    expect(await refusalOf(blocks.block(anaId, more!))).toBe('done');
    expect(new TooManyBlocks(1_000).speak('zh').message).toContain('1000');
  });

  it('stops there in a race too: one of ten gets the last place', async () => {
    await blockMany(anaId, BLOCKS_MAX - 1);
    const outcomes = await Promise.all((await shop.people(10)).map((id) => refusalOf(blocks.block(anaId, id))));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'TooManyBlocks')).toHaveLength(9);
    expect(await countOf(anaId)).toBe(BLOCKS_MAX);
  });

  it('is possible for two of each other at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [bo, cy] = (await shop.people(2)) as [UserId, UserId];
      const both = await Promise.all([blocks.block(bo, cy), blocks.block(cy, bo)]);
      expect(both.map(({ blockedId }) => blockedId)).toEqual([cy, bo]);
    }
  });

  it('gives a new block after the old one was taken back, and asking again for that leaves the new one alone', async () => {
    const [bo] = await shop.people(1);
    const first = await blocks.block(anaId, bo!);
    await blocks.lift(anaId, first.id);
    const second = await blocks.block(anaId, bo!);
    expect(second.id).not.toBe(first.id);
    expect(await blocks.lift(anaId, first.id)).toBe(false);
    expect(await countOf(anaId)).toBe(1);
  });
});

describe('the people one has blocked', () => {
  it('are listed newest first, page by page, by masked names in one’s own language', async () => {
    const [dan, nameless] = [await shop.login('dan'), await shop.login('nameless')];
    const name = 'mutation ($input: ProfileUpdateInput!) { profileUpdate(input: $input) { id } }';
    await dan.ask(name, { input: { nickname: '桂花糕阿婆' } });
    await dan.agree('SHOW_PROFILE');
    const danBlock = await blocks.block(anaId, await dan.userId());
    await blocks.block(anaId, await nameless.userId());

    const page = await blockedOf(ana, 1);
    expect([namesOf(page), page.pageInfo.hasNextPage]).toEqual([['微信用户'], true]);
    const rest = await blockedOf(ana, 1, page.pageInfo.endCursor);
    expect([namesOf(rest), rest.pageInfo.hasNextPage]).toEqual([['桂**婆'], false]);
    expect(rest.edges[0]!.node).toMatchObject({ id: danBlock.id, blockedAt: danBlock.blockedAt.toISOString() });
    const { data } = await ana.send(BLOCKED, { first: 20 }, { 'accept-language': 'en' });
    expect(namesOf((data as unknown as { blockedPeople: Blocked }).blockedPeople)).toEqual(['WeChat user', '桂**婆']);
  });

  it('show no id of a person, and are nobody else’s business: not of who is blocked, not of a guest', async () => {
    const bo = await shop.login(`bo ${named}`);
    await blocks.block(anaId, await bo.userId());
    expect(JSON.stringify(await blockedOf(ana))).not.toContain('user_');
    expect((await blockedOf(bo)).edges).toEqual([]);
    for (const document of [BLOCKED, UNBLOCK]) {
      const { errors } = await shop.guest.send(document, { first: 1, input: { blockId: newId('block') } });
      expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
  });

  it('take as many SQL statements for twenty as for five: who asks, the page, the names', async () => {
    await blockMany(anaId, 20);
    const statements = async (first: number): Promise<number> => {
      const made = await shop.statements.during(async () => {
        expect((await blockedOf(ana, first)).edges).toHaveLength(first);
      });
      return made.length;
    };
    expect([await statements(5), await statements(20)]).toEqual([3, 3]);
  });

  it.each([Buffer.from('["user_1"]').toString('base64url'), 'nonsense'])(
    'refuse the foreign cursor %p',
    async (after) => {
      const { errors } = await ana.send(BLOCKED, { first: 1, after });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'after' }] });
    },
  );
});

describe('taking a block back', () => {
  it('says whether it stood until now, however often and however many at once ask', async () => {
    const [bo] = await shop.people(1);
    const { id } = await blocks.block(anaId, bo!);
    const answers = await Promise.all(Array.from({ length: 5 }, () => unblock(ana, id)));
    const stood = answers.map(({ data }) => (data as unknown as { personUnblock: boolean }).personUnblock);
    expect(stood.filter(Boolean)).toHaveLength(1);
    expect((await unblock(ana, id)).data).toEqual({ personUnblock: false });
    expect(await countOf(anaId)).toBe(0);
  });

  it('is not found for somebody else’s as for nobody’s, and theirs stays', async () => {
    const [bo] = await shop.people(1);
    const { id } = await blocks.block(anaId, bo!);
    const stranger = await shop.login('stranger');
    for (const blockId of [id, newId('block')]) {
      const { errors } = await unblock(stranger, blockId);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', fields: [{ path: 'input.blockId' }] });
    }
    await blocks.lift(anaId, id);
    expect((await unblock(stranger, id)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('needs the id of a block', async () => {
    const { errors } = await unblock(ana, newId('user'));
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'input.blockId' }] });
  });

  it('forgets at once whom it was about, and after seven days that it was', async () => {
    const [bo, cy] = (await shop.people(2)) as [UserId, UserId];
    const [old, recent] = [await blocks.block(anaId, bo), await blocks.block(anaId, cy)];
    for (const { id } of [old, recent]) await blocks.lift(anaId, id);
    await shop.rows('UPDATE lifted_block SET lifted_at = NOW(3) - INTERVAL 7 DAY - INTERVAL 1 SECOND WHERE id = ?', [
      idBytes(old.id),
    ]);
    expect(SCHEDULE.map(({ job }) => job.name)).toContain('identity.purgeLiftedBlocks');
    await blocks.purge();
    const kept = await shop.source.manager.findBy(LiftedBlock, { userId: anaId });
    expect(kept.map(({ id }) => id)).toEqual([recent.id]);
  });
});

describe('a list that leaves blocked people out', () => {
  const met = async (viewer: UserId, ids: readonly UserId[]): Promise<UserId[]> => {
    const people = await shop.source.manager
      .createQueryBuilder('User', 'person')
      .select('person.id')
      .where('person.id IN (:...ids)', { ids: ids.map(idBytes) })
      .andWhere(notBlocked(':viewer', 'person.id'), { viewer: idBytes(viewer) })
      .getMany();
    return people.map(({ id }) => id as UserId);
  };

  it('does so in either direction, and for nobody else', async () => {
    const people = (await shop.people(4)) as [UserId, UserId, UserId, UserId];
    const [bo, cy, dan, eve] = people;
    await blocks.block(anaId, bo);
    await blocks.block(cy, anaId);
    await blocks.block(dan, eve);
    expect((await met(anaId, people)).toSorted()).toEqual([dan, eve].toSorted());
    expect((await met(eve, people)).toSorted()).toEqual([bo, cy, eve].toSorted());
  });

  it('reads one entry of an index for each direction and candidate, however many have blocked each other', async () => {
    await blockMany(anaId, 200);
    const people = await shop.people(200);
    await shop.source.manager.insert(
      UserBlock,
      people.map((userId) => ({ id: newId('block'), userId, blockedId: anaId })),
    );
    await shop.rows('ANALYZE TABLE user_block');
    const plan = await shop.rows<Record<string, unknown>>(
      `EXPLAIN SELECT id FROM user AS person WHERE id IN (?) AND ${notBlocked('?', 'person.id')}`,
      [people.slice(0, 20).map(idBytes), idBytes(anaId), idBytes(anaId)],
    );
    const looks = plan.filter(({ table }) => table === 'user_block');
    expect(looks).toHaveLength(2);
    for (const look of looks) {
      // All 32 bytes of both columns, in the index alone, and for the row at hand: nothing is gathered beforehand.
      expect(look).toMatchObject({ select_type: 'DEPENDENT SUBQUERY', key_len: '32' });
      expect(look['Extra']).toContain('Using index');
    }
  });
});

it('an id of a block is a block’s', async () => {
  const [bo] = await shop.people(1);
  const { id } = await blocks.block(anaId, bo!);
  expect(id satisfies Id<'block'>).toMatch(/^block_[0-9a-z]{26}$/);
});
