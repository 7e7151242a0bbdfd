import { expect } from '@jest/globals';
import { expectOwn, hasOwn } from './compare-own.js';
import { type Model, newest } from './promises/model.js';
import type { Person } from './promises/people.js';
import type { Purchase, Team } from './promises/records.js';
import { nameShownOf } from './promises/privacy.js';
import { type Case, claimableOf } from './promises/cases.js';
import { whyNotOpen } from './promises/after-sale.js';
import { livingIn, membersOf, paidIn } from './promises/teams.js';
import type { World } from './world.js';

const STATE = `{ checkouts(first: 100) { edges { node { id status payment { status } orders {
  status payableMinor breakdown { amountMinor } refundedMinor lines { shippedQuantity claimTerms { claimableQuantity whyNot { __typename } } }
  afterSales { status isAppealed isResaleable freightMinor amountMinor dueAt } delivery { address { recipientName } } refunds { amountMinor status } seat { status team { status seatsLive seatsPaid members { name } } } } } } } }`;

interface TeamShown {
  readonly status: string;
  readonly seatsLive: number;
  readonly seatsPaid: number;
}

interface CaseShown {
  readonly status: string;
  readonly isAppealed: boolean;
  readonly isResaleable: boolean | null;
  readonly freightMinor: number;
  readonly amountMinor: number;
  readonly dueAt: string | null;
}

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly payment: { readonly status: string } | null;
  readonly orders: readonly {
    readonly status: string;
    readonly payableMinor: number;
    readonly breakdown: readonly { readonly amountMinor: number }[];
    readonly refundedMinor: number;
    readonly lines: readonly {
      readonly shippedQuantity: number;
      readonly claimTerms: {
        readonly claimableQuantity: number;
        readonly whyNot: { readonly __typename: string } | null;
      };
    }[];
    readonly afterSales: readonly CaseShown[];
    readonly delivery: { readonly address: { readonly recipientName: string } } | null;
    readonly refunds: readonly { readonly amountMinor: number; readonly status: string }[];
    readonly seat: {
      readonly status: string;
      readonly team: TeamShown & { readonly members: readonly { readonly name: string }[] };
    } | null;
  }[];
}

/** What people see of their purchases, their teams and the stock is what they were promised. */
export async function expectAsPromised(model: Model, world: World): Promise<void> {
  const hasBought = (person: Person): boolean => model.purchases.some(({ buyer }) => buyer === person);
  const buyers = model.people.filter((person) => isIn(person) && hasBought(person));
  const owners = model.people.filter((person) => isIn(person) && hasOwn(person));
  await Promise.all([
    expectStock(model, world),
    ...buyers.map((person) => expectPurchases(model, world, person)),
    ...owners.map((person) => expectOwn(world, person)),
  ]);
}

export function isIn({ isDisabled, session }: Person): boolean {
  return !isDisabled && !session.isOver;
}

async function expectStock({ goods }: Model, { shop }: World): Promise<void> {
  const { skus } = await shop.guest.ask<{ skus: { stock: { onHand: number } }[] }>(
    'query ($id: ID!) { product(id: $id) { skus { stock { onHand } } } }',
    { id: goods.productId },
  );
  expect({ unitsFree: skus[0]?.stock.onHand }).toEqual({ unitsFree: goods.unitsFree });
}

async function expectPurchases(model: Model, world: World, person: Person): Promise<void> {
  const { edges } = await world.phoneOf(person).ask<{ edges: { node: Shown }[] }>(STATE);
  const shown = new Map(edges.map(({ node }) => [node.id, shownOf(node)]));
  const own = model.purchases.filter(({ buyer }) => buyer === person);
  const names = (of: (purchase: Purchase) => unknown): unknown =>
    Object.fromEntries(own.map((purchase) => [purchase.name, of(purchase)]));
  expect(names(({ checkoutId }) => shown.get(checkoutId))).toEqual(names((purchase) => promisedOf(model, purchase)));
  expect(shown.size).toBe(own.length);
}

function shownOf({ status, payment, orders: [order] }: Shown): object {
  const { refunds, seat, ...rest } = order!;
  return {
    checkout: status,
    payment: payment?.status ?? null,
    order: rest.status,
    payableMinor: rest.payableMinor,
    explainedMinor: rest.breakdown.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    refundedMinor: rest.refundedMinor,
    shipped: rest.lines[0]?.shippedQuantity,
    claimable: rest.lines[0]?.claimTerms.claimableQuantity,
    whyNotClaim: rest.lines[0]?.claimTerms.whyNot?.__typename ?? null,
    cases: rest.afterSales.map(({ dueAt, ...one }) => ({ ...one, dueAt: dueAt && Date.parse(dueAt) / 1_000 })),
    recipientName: rest.delivery?.address.recipientName,
    refunds: refunds.map(({ amountMinor, status: stands }) => `${amountMinor} ${stands}`),
    seat: seat?.status ?? null,
    team: seat && teamText(seat.team, namesIn(seat.team.members)),
  };
}

function promisedOf(model: Model, purchase: Purchase): object {
  const whyNotClaim = whyNotOpen(model, purchase);
  const { checkout, order, seat, team, refundedMinor, attempts } = purchase;
  const refunds = attempts.flatMap(({ captures }) => captures.flatMap((capture) => capture.refunds));
  return {
    ...{ checkout, order, refundedMinor, seat, recipientName: purchase.recipientName, shipped: purchase.shipped },
    ...{ payableMinor: purchase.payableMinor, explainedMinor: purchase.payableMinor },
    ...{ whyNotClaim, claimable: whyNotClaim ? 0 : claimableOf(purchase), cases: purchase.cases.map(promisedCase) },
    payment: newest(purchase)?.status ?? null,
    refunds: refunds.filter(({ isOfOrder }) => isOfOrder).map(({ amountMinor, status }) => `${amountMinor} ${status}`),
    team: team && teamText(promisedTeam(team), namesIn(membersOf(team).map(shownAs))),
  };
}

function promisedCase({ status, isAppealed, isResaleable, freightMinor, amountMinor, dueAt }: Case): object {
  const known = { status, isAppealed, isResaleable, freightMinor, amountMinor };
  return { ...known, dueAt: dueAt === Infinity ? null : dueAt };
}

function promisedTeam(team: Team): TeamShown {
  return { status: team.status, seatsLive: livingIn(team).length, seatsPaid: paidIn(team).length };
}

function shownAs({ buyer }: Purchase): { readonly name: string } {
  return { name: nameShownOf(buyer) };
}

function namesIn(members: readonly { readonly name: string }[]): string {
  return members
    .map(({ name }) => name)
    .toSorted()
    .join(', ');
}

/** Who was in a team is of interest only as long as it is, or was, one. */
function teamText({ status, seatsLive, seatsPaid }: TeamShown, names: string): string {
  const isOne = status === 'PENDING' || status === 'FORMING' || status === 'FORMED' || status === 'CLOSED';
  return isOne ? `${status}, ${seatsLive} seats taken, ${seatsPaid} paid: ${names}` : status;
}
