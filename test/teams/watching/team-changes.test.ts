import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Config, idBytes, newId, secondsAfter } from '#common';
import { FormingService, Team, type TeamId } from '#teams';
import { TeamWatcher } from '../../../src/teams/watching/team-watcher.js';
import { createServer } from '../../../src/server.js';
import { anOffer } from '../../support/builders.js';
import { Client } from '../../support/client.js';
import { aDelivery } from '../../support/deliveries.js';
import type { Phone, SeatAnswer } from '../../support/phone.js';
import { Shop } from '../../support/shop.js';
import { type SocketMessage, TestSocket } from '../../support/socket.js';
import { expectSettled, until } from '../../support/sound.js';

const CHANGES = `subscription ($id: ID!) { teamChanged(teamId: $id) {
  happened team { status seatsLive seatsPaid members { isPaid isYou } mySeat { status } }
} }`;
const JOIN = 'mutation ($input: TeamJoinInput!) { teamJoin(input: $input) { __typename } }';

let shop: Shop;
let ana: Phone;
let bo: Phone;
let cy: Phone;
let sockets: TestSocket[];

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated', TEAM_WATCH_MILLISECONDS: '20' } });
  [ana, bo, cy] = await Promise.all([shop.login('ana'), shop.login('bo'), shop.login('cy')]);
  sockets = [];
});
afterEach(async () => {
  await Promise.all(sockets.splice(0).map((socket) => socket.close()));
});
afterAll(async () => {
  await shop.close();
});

async function watch(
  teamId: string,
  who: Phone | null = null,
  url = shop.url,
  document = CHANGES,
): Promise<TestSocket> {
  const payload = who ? { authorization: `Bearer ${who.accessToken!}` } : undefined;
  const socket = await TestSocket.greeted(url, payload);
  sockets.push(socket);
  socket.subscribe('1', document, { id: teamId });
  return socket;
}

async function paid(phone: Phone, { order }: SeatAnswer): Promise<void> {
  await phone.pay(order.checkout.id, { notify: { lose: true } });
  await phone.confirmPayment(order.checkout.id);
  await shop.drain();
}

async function formingTeam(size = 2): Promise<string> {
  const { offer } = await anOffer(shop, { size });
  const seat = await ana.open(offer.id);
  await paid(ana, seat);
  return seat.team.id;
}

/** An event as a guest reads it. */
const event = (happened: string[], status: string, seats: boolean[]): SocketMessage => ({
  id: '1',
  type: 'next',
  payload: {
    data: {
      teamChanged: {
        happened,
        team: {
          status,
          ...{ seatsLive: seats.length, seatsPaid: seats.filter(Boolean).length },
          members: seats.map((isPaid) => ({ isPaid, isYou: false })),
          mySeat: null,
        },
      },
    },
  },
});
const COMPLETE = { id: '1', type: 'complete' };

describe('whoever watches a team', () => {
  it('is told at once how it stands, then when somebody joins, when they pay, and that it has formed; and that is all', async () => {
    const teamId = await formingTeam();
    const socket = await watch(teamId);
    expect(await socket.next()).toEqual(event([], 'FORMING', [true]));
    const seat = await bo.join(teamId);
    expect(await socket.next()).toEqual(event(['JOINED'], 'FORMING', [true, false]));
    await paid(bo, seat);
    expect(await socket.next()).toEqual(event(['PAID', 'FORMED'], 'FORMED', [true, true]));
    expect(await socket.next()).toEqual(COMPLETE);
    await expectSettled(shop);
  });

  it('is told when somebody gives a seat up, and that it fails', async () => {
    const teamId = await formingTeam(3);
    const socket = await watch(teamId);
    await socket.next();
    const { order } = await bo.join(teamId);
    expect(await socket.next()).toEqual(event(['JOINED'], 'FORMING', [true, false]));
    await bo.cancel(order.checkout.id);
    await shop.drain();
    expect(await socket.next()).toEqual(event(['LEFT'], 'FORMING', [true]));
    await shop.setTime(secondsAfter(new Date(), 25 * 3_600));
    await shop.get(FormingService).expire();
    expect(await socket.next()).toMatchObject({ payload: { data: { teamChanged: { happened: ['FAILED'] } } } });
    expect(await socket.next()).toEqual(COMPLETE);
  });

  it('hears of what another process has done, because it is the rows that are watched', async () => {
    const teamId = await formingTeam(3);
    const other = await createServer(shop.get(Config));
    try {
      await other.listen(0, '127.0.0.1');
      const url = await other.getUrl();
      const [here, there] = [await watch(teamId), await watch(teamId, null, url)];
      expect([await here.next(), await there.next()]).toEqual(Array(2).fill(event([], 'FORMING', [true])));
      await new Client(url, bo.accessToken).ask(JOIN, {
        input: { teamId, quantity: 1, delivery: aDelivery(), idempotencyKey: 'over-there' },
      });
      expect([await here.next(), await there.next()]).toEqual(
        Array(2).fill(event(['JOINED'], 'FORMING', [true, false])),
      );
    } finally {
      await other.close();
    }
  });

  it('sees their own seat in every event, and others do not', async () => {
    const teamId = await formingTeam(3);
    const OWN = `subscription ($id: ID!) { teamChanged(teamId: $id) { team {
      members { name isPaid isYou } mySeat { status } whyNotJoin { __typename message } } } }`;
    const [hers, his] = [await watch(teamId, bo, shop.url, OWN), await watch(teamId, cy, shop.url, OWN)];
    await Promise.all([hers.next(), his.next()]);
    await bo.join(teamId);
    const seen = (isYou: boolean): object => ({
      payload: {
        data: {
          teamChanged: {
            team: {
              members: [
                { isPaid: true, isYou: false },
                { isPaid: false, isYou },
              ],
              mySeat: isYou ? { status: 'HELD' } : null,
              whyNotJoin: isYou ? { __typename: 'SeatAlreadyHeld' } : null,
            },
          },
        },
      },
    });
    expect(await hers.next()).toMatchObject(seen(true));
    expect(await his.next()).toMatchObject(seen(false));
  });

  it('when the team is over already is told how it ended, and that is all', async () => {
    const teamId = await formingTeam();
    await paid(bo, await bo.join(teamId));
    const socket = await watch(teamId);
    expect(await socket.next()).toEqual(event([], 'FORMED', [true, true]));
    expect(await socket.next()).toEqual(COMPLETE);
  });

  it('and stops hears nothing more of it', async () => {
    const teamId = await formingTeam(3);
    const socket = await watch(teamId);
    await socket.next();
    socket.send({ id: '1', type: 'complete' });
    socket.subscribe('2', CHANGES, { id: teamId });
    await socket.next();
    await bo.join(teamId);
    expect(await socket.next()).toMatchObject({ id: '2', type: 'next' });
    expect(socket.unread).toEqual([]);
  });
});

describe('a subscriber', () => {
  const row = (seatsLive: number): Team =>
    Object.assign(new Team(), { status: 'FORMING', seatsLive, seatsPaid: 1, expiresAt: null });
  const nextOf = async (watcher: TeamWatcher): Promise<unknown> => (await watcher.next()).value?.teamChanged;

  it('that is slow is told what came of a thousand changes, and nothing piles up', async () => {
    const watcher = new TeamWatcher(row(1), () => undefined);
    await watcher.next();
    for (let seats = 1; seats <= 1_000; seats += 1) watcher.show(row(seats), {});
    expect(await nextOf(watcher)).toEqual({ team: row(1_000), happened: ['JOINED'] });
    const later = nextOf(watcher);
    watcher.show(row(999), {});
    expect(await later).toEqual({ team: row(999), happened: ['LEFT'] });
  });

  it('that goes away while it waits is gone at once', async () => {
    const ended = jest.fn();
    const watcher = new TeamWatcher(row(1), ended);
    await watcher.next();
    const waiting = watcher.next();
    await watcher.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(ended).toHaveBeenCalledWith(watcher);
  });
});

describe('a team whose opener has not paid', () => {
  it('is watched by its opener, who hears of the payment', async () => {
    const { offer } = await anOffer(shop);
    const seat = await ana.open(offer.id);
    const socket = await watch(seat.team.id, ana);
    expect(await socket.next()).toMatchObject({ payload: { data: { teamChanged: { team: { status: 'PENDING' } } } } });
    await paid(ana, seat);
    expect(await socket.next()).toMatchObject({
      payload: { data: { teamChanged: { happened: ['PAID', 'OPENED'], team: { status: 'FORMING' } } } },
    });
  });

  it('is as good as not there for anybody else', async () => {
    const { offer } = await anOffer(shop);
    const seat = await ana.open(offer.id);
    const refused = async (teamId: string, who: Phone | null): Promise<unknown> => (await watch(teamId, who)).next();
    const nobodys = await refused(newId('team'), bo);
    expect(nobodys).toMatchObject({
      payload: { data: null, errors: [{ path: ['teamChanged'], extensions: { code: 'NOT_FOUND' } }] },
    });
    expect(await refused(seat.team.id, bo)).toEqual(nobodys);
    expect(await refused(seat.team.id, null)).toEqual(nobodys);
  });
});

describe('the database', () => {
  it('may be away for a while: what happened meanwhile is told when it is back', async () => {
    const log = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const teamId = await formingTeam(3);
    const socket = await watch(teamId);
    await socket.next();
    const id = idBytes(teamId as TeamId);
    await shop.rows('RENAME TABLE team TO team_away');
    await until(() => Promise.resolve(log.mock.calls.length > 0), 'a look has failed');
    await shop.rows('UPDATE team_away SET seats_live = 2 WHERE id = ?', [id]);
    await shop.rows('RENAME TABLE team_away TO team');
    expect(await socket.next()).toMatchObject({ payload: { data: { teamChanged: { happened: ['JOINED'] } } } });
    expect(log).toHaveBeenCalledWith(expect.stringMatching(/^The teams that are watched could not be read: .*team/));
    await shop.rows('UPDATE team SET seats_live = 1 WHERE id = ?', [id]);
    log.mockRestore();
  });

  const LOOK = 'SELECT id, status, seats_live, seats_paid, expires_at FROM team WHERE id IN (?)';
  const PAUSE_MILLISECONDS = 200; // Ten looks long.

  it('is asked in one statement for all who watch, and not at all while nobody does', async () => {
    const teamIds = [await formingTeam(3), await formingTeam(3)];
    const watching = await Promise.all([0, 1, 0, 1, 0].map((team) => watch(teamIds[team]!)));
    await Promise.all(watching.map((socket) => socket.next()));
    const looked = await shop.statements.during(() => sleep(PAUSE_MILLISECONDS));
    expect(new Set(looked)).toEqual(new Set([LOOK]));

    const seats = 'UPDATE team SET seats_live = seats_live + ? WHERE HEX(id) IN (?)';
    const hex = teamIds.map((id) =>
      idBytes(id as TeamId)
        .toString('hex')
        .toUpperCase(),
    );
    const told = await shop.statements.during(async () => {
      await shop.rows(seats, [1, hex]);
      await Promise.all(watching.map((socket) => socket.next()));
    });
    // What has changed is read once for all five of them.
    const reads = told.filter((sql) => sql !== LOOK && sql !== seats);
    expect(reads.map((sql) => /FROM `(\w+)`/.exec(sql)?.[1])).toEqual(['team', 'seat']);
    await shop.rows(seats, [-1, hex]);

    await Promise.all(sockets.splice(0).map((socket) => socket.close()));
    const isQuiet = async (): Promise<boolean> =>
      (await shop.statements.during(() => sleep(PAUSE_MILLISECONDS))).length === 0;
    await until(isQuiet, 'nobody asks any more');
  });
});
