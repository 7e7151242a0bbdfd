import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { Idempotency, newId, prefixOf, Transactor } from '#common';
import { OrdersService, RefundingService } from '#orders';
import { RefundsService } from '#payments';
import { FormingService } from '#teams';
import { ContactPersonalData } from '../../../src/identity/contact/contact.personal-data.js';
import { SessionsService } from '../../../src/identity/sessions.service.js';
import { forget } from '../interleavings/sabotage.js';
import { type Effort, effortOf } from './effort.js';
import { type Failure, Walk } from './walk.js';

interface Broken {
  readonly what: string;
  readonly breakIt: (app: NestFastifyApplication) => void;
  /** Something that the complaint says. */
  readonly complaint: string;
  /** Only so much may happen where it is seen in more ways than one, seldom, or only when all is judged, which takes a shop of its own for each try. */
  readonly effort?: Pick<Effort, 'only' | 'commandsMax'>;
}

const { isLong } = effortOf(process.env);
const EFFORT = { runs: 60, seed: 3, commandsMax: 60, smallerSeconds: 90, isLong: false };
/** What needs to be done to see it: a few things, not the dozens that a run does. */
const TRACE_MAX = 12;
const HOUR_MILLISECONDS = 3_600_000;

/** The first two are soon found; they are tried each time, the others in a long run. */
const BROKEN: readonly Broken[] = [
  {
    what: 'a seat that is given up stays taken',
    breakIt: (app) => {
      const forming = app.get(FormingService, { strict: false });
      const change = forming.change.bind(forming);
      jest
        .spyOn(forming, 'change')
        .mockImplementation((db, team, { seatsPaid }) =>
          change(db, team, seatsPaid === undefined ? {} : { seatsPaid }),
        );
    },
    complaint: 'seats taken',
    effort: { only: ['teamLeave', 'time passes', 'all work is done'], commandsMax: 60 },
  },
  {
    what: 'keys of repeated requests are forgotten',
    breakIt: (app) => {
      const transactor = app.get(Transactor, { strict: false });
      const once: Idempotency['once'] = (entity, { resultId }, work) =>
        transactor.run((db) => work(db, resultId ?? newId(prefixOf(entity) as 'seat')));
      jest.spyOn(app.get(Idempotency, { strict: false }), 'once').mockImplementation(once);
    },
    complaint: 'CONFLICT',
    effort: { only: ['teamOpen', 'checkoutPlace', 'pays', 'all work is done', 'abuse of a key'], commandsMax: 60 },
  },
  {
    what: 'money that should go back is kept',
    breakIt: (app) => {
      const refunding = app.get(RefundingService, { strict: false });
      jest.spyOn(refunding, 'refundWhole').mockResolvedValue(undefined);
    },
    complaint: '"refunds": Array []',
  },
  {
    what: 'of what is charged twice a fen is kept',
    breakIt: (app) => {
      const refunds = app.get(RefundsService, { strict: false });
      const create = refunds.create.bind(refunds);
      jest.spyOn(refunds, 'create').mockImplementation((db, refund) => {
        return create(db, refund.reason === 'DUPLICATE' ? { ...refund, amountMinor: refund.amountMinor - 1 } : refund);
      });
    },
    complaint: '"bo",',
    effort: { only: ['checkoutPlace', 'pays', 'pays late', 'all work is done'], commandsMax: 12 },
  },
  {
    what: 'a session goes on after its person was shut out',
    breakIt: (app) => {
      jest.spyOn(app.get(SessionsService, { strict: false }), 'endAll').mockResolvedValue(undefined);
    },
    complaint: 'UNAUTHENTICATED',
  },
  {
    what: 'what was bought alone and is not paid in time stays held',
    breakIt: (app) => {
      jest.spyOn(app.get(OrdersService, { strict: false }), 'release').mockResolvedValue(undefined);
    },
    complaint: 'unitsFree',
  },
  {
    what: 'a telephone number is kept although its person agrees to that no longer',
    breakIt: (app) => {
      const contact = app.get(ContactPersonalData, { strict: false });
      const forget = contact.forget.bind(contact);
      jest
        .spyOn(contact, 'forget')
        .mockImplementation((db, userId, purpose) =>
          purpose === 'PHONE' ? Promise.resolve() : forget(db, userId, purpose),
        );
    },
    complaint: '"phone": null',
    effort: { only: ['phoneUpdate', 'consentGive', 'consentWithdraw', 'asks what is held'], commandsMax: 60 },
  },
  {
    what: 'a buyer may have more units than the limit',
    breakIt: (app) =>
      forget(app.get(DataSource), {
        statement: /^UPDATE offer_buyer SET units = units \+/,
        clause: ' AND units + ? <= ?',
      }),
    complaint: 'BuyerLimitReached',
  },
];

afterEach(() => {
  jest.restoreAllMocks();
});

async function complaintOf(effort: Effort, breakIt: Broken['breakIt']): Promise<Failure | null> {
  const walk = new Walk(effort, breakIt);
  const failure = await walk.go();
  await walk.close();
  return failure;
}

describe('a shop that breaks a promise is found out, by a few things, and again by what was named', () => {
  it.each(isLong ? BROKEN : BROKEN.slice(0, 2))(
    '$what',
    async ({ breakIt, complaint, effort }) => {
      const own = { ...EFFORT, ...effort };
      const failure = await complaintOf(own, breakIt);
      if (isLong) process.stderr.write(`${failure?.trace.join('\n') ?? 'nothing found'}\n${failure?.why ?? ''}\n`);
      expect(failure?.why).toContain(complaint);
      expect(failure?.trace.length).toBeLessThanOrEqual(TRACE_MAX);
      expect((await complaintOf({ ...own, ...failure?.repeat, smallerSeconds: 0 }, breakIt))?.trace).toEqual(
        failure?.trace,
      );
    },
    HOUR_MILLISECONDS,
  );
});
