import { Alarms } from './alarms.js';
import { Bills } from './bills.js';
import { Books } from './books.js';
import { Certificates } from './certificates.js';
import { BusinessClock } from './clock.js';
import { Faults } from './faults.js';
import { Notifier } from './notifier.js';
import type { Settings } from './options.js';
import { OneTimeCodes } from './one-time-codes.js';
import { PayKeys } from './pay.keys.js';
import { Pusher } from './pusher.js';
import { Refunds } from './refunds.js';
import { planOf, SeededFaults } from './seeded.faults.js';
import { Shares } from './shares.js';
import { Shipments } from './shipments.js';
import { StableToken } from './stable-token.js';
import { Objects } from './storage.objects.js';
import { Store } from './store.js';
import { Subscriptions } from './subscriptions.js';
import { Trades } from './trades.js';
import { Withdrawals } from './withdrawals.js';

/** A number that a person has allowed the shop to see. */
export interface SharedPhone {
  readonly person: string;
  /** WeChat writes it as a text in some answers and as a number in others. */
  readonly countryCode: string | number;
  readonly number: string;
}

/** Everything behind the HTTP surfaces, wired together. */
export interface World {
  readonly settings: Settings;
  readonly payKeys: PayKeys;
  readonly certificates: Certificates;
  readonly store: Store;
  readonly clock: BusinessClock;
  readonly faults: Faults;
  readonly books: Books;
  readonly trades: Trades;
  readonly refunds: Refunds;
  readonly shipments: Shipments;
  readonly shares: Shares;
  readonly withdrawals: Withdrawals;
  readonly bills: Bills;
  readonly notifier: Notifier;
  readonly pusher: Pusher;
  readonly subscriptions: Subscriptions;
  /** Each is about a person. */
  readonly loginCodes: OneTimeCodes<string>;
  readonly phoneCodes: OneTimeCodes<SharedPhone>;
  readonly stableToken: StableToken;
  readonly objects: Objects;
  /** Stops every timer and delivery, then finishes the journal. */
  close(): Promise<void>;
}

/** A world that remembers its journal and goes on with what was under way. */
export async function openWorld(settings: Settings): Promise<World> {
  const store = new Store();
  const alarms = new Alarms();
  const faults = new Faults(new SeededFaults(planOf(settings.faultSeed, settings.faultRate)));
  const certificates = new Certificates(store);
  const payKeys = new PayKeys(settings, certificates);
  const clock = new BusinessClock(store);
  const books = new Books(store);
  const notifier = new Notifier(store, settings, payKeys, clock, faults, alarms);
  const refunds = new Refunds(settings, books, clock, alarms, notifier);
  const trades = new Trades(books, clock);
  const shipments = new Shipments(store, books);
  const shares = new Shares(store);
  const withdrawals = new Withdrawals(store);
  const bills = new Bills(settings, books, clock, withdrawals);
  const loginCodes = new OneTimeCodes<string>(store, 'login_codes', 40163);
  const phoneCodes = new OneTimeCodes<SharedPhone>(store, 'phone_codes', 40029);
  const stableToken = new StableToken(store);
  const pusher = new Pusher(settings, faults, alarms);
  const subscriptions = new Subscriptions(settings, store, clock, pusher);
  const objects = new Objects();

  await store.open(settings.journalFile);
  await objects.open(settings.objectsDirectory);
  await payKeys.open();
  notifier.resume();
  refunds.resume();

  const close = async (): Promise<void> => {
    alarms.stop();
    await notifier.close();
    await pusher.close();
    await store.close();
  };
  return {
    settings,
    payKeys,
    certificates,
    store,
    clock,
    faults,
    books,
    trades,
    refunds,
    shipments,
    shares,
    withdrawals,
    bills,
    notifier,
    pusher,
    subscriptions,
    loginCodes,
    phoneCodes,
    stableToken,
    objects,
    close,
  };
}
