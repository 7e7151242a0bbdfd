import { Config } from '#common';
import { assortmentOf } from './assortment.js';
import { readBooks } from './books.js';
import { completeAll } from './completing.js';
import { drain, type InFlight, pictureOf } from './draining.js';
import { drive } from './driving.js';
import { Endings } from './endings.js';
import { giveBack } from './giving-back.js';
import { importAssortment } from './importing.js';
import { Office } from './office.js';
import type { ReplayOptions } from './options.js';
import { readOrderHistory } from './order-history.js';
import { pace, Progress } from './progress.js';
import { checkAtRest } from './proof.js';
import { returnsOf } from './returns.js';
import type { Replayed } from './report.js';
import { readReconciled, reconcileAll } from './reconciling.js';
import { readResults } from './results.js';
import { shipAll } from './shipping.js';
import { ShopApi } from './shop-api.js';
import { Stopwatch } from './statistics.js';
import { WechatApp } from './wechat-app.js';
import { World } from './world.js';

const ERRORS_SHOWN = 5;

/**
 * Replays an order history in a shop of its own, on the empty database that the environment names, and leaves nothing running.
 *
 * @throws Error if the file is no order history, a process dies, or what is in flight never ends
 */
export async function replay(options: ReplayOptions, environment: NodeJS.ProcessEnv): Promise<Replayed> {
  const endings = new Endings();
  try {
    return await Promise.race([run(options, environment, endings), endings.interrupted]);
  } finally {
    await endings.run();
  }
}

async function run(options: ReplayOptions, environment: NodeJS.ProcessEnv, endings: Endings): Promise<Replayed> {
  const startedAt = performance.now();
  const progress = new Progress();
  progress.line(`reading ${options.file}`);
  const history = await readOrderHistory(options.file, options.linesMax);
  const [first, last] = [history.sales.at(0), history.sales.at(-1)];
  if (!first || !last) throw new Error(`${options.file}: every line was skipped, so there is nothing to replay`);
  const items = assortmentOf(history.sales);

  const world = new World(environment, progress.line);
  endings.add(() => world.stop());
  await world.startWechat();
  const stopwatch = new Stopwatch();
  const shop = new ShopApi(world.shopUrl, options.clients, stopwatch);
  const wechat = new WechatApp(world.wechatUrl, options.clients, stopwatch);
  endings.add(() => Promise.all([shop.close(), wechat.close()]));
  const office = await Office.open(world.shopEnvironment);
  endings.add(() => office.close());

  await office.setClock(first.soldAt, wechat);
  progress.line(`putting ${items.length} products on sale`);
  const offerIds = await importAssortment(office.app, items, {
    ...options,
    firstSaleAt: first.soldAt,
    lastSaleAt: last.soldAt,
  });
  await world.openShop();

  const driveStartedAt = performance.now();
  const { PAY_WINDOW_SECONDS: payWindowSeconds } = office.app.get(Config);
  const paceAt = pace(history.sales.length, 'lines');
  let errors = 0;
  const driving = drive({
    ...{ seed: options.seed, clients: options.clients, sales: history.sales },
    ...{ offerIds, payWindowSeconds, shop, wechat, office },
    onProgress: (done) => {
      progress.update(() => paceAt(done));
    },
    onError: (error) => {
      errors += 1;
      if (errors <= ERRORS_SHOWN && !endings.isOver) progress.line(`a purchase failed: ${error.message}`);
    },
  });
  const driven = await world.during(driving);
  const driveSeconds = (performance.now() - driveStartedAt) / 1_000;

  progress.line('waiting until nothing is in flight');
  const draining = drain({
    ...{ office, wechat, payWindowSeconds, ttlSeconds: options.ttlSeconds, from: driven.endedAt },
    onProgress: (left) => {
      progress.update(() => pictureOf(left));
    },
  });
  const drainedAt = await world.during(draining);

  progress.line('shipping what was sold, and sending back what came back');
  const returns = returnsOf(history.sales, history.returns);
  const rest = {
    ...{ office, wechat, atOnce: options.clients },
    onProgress: (left: InFlight) => {
      progress.update(() => pictureOf(left));
    },
  };
  await world.during(shipAll({ ...rest, from: drainedAt }));
  const { orderIds } = driven.outcomes;
  const backAt = await world.during(giveBack({ ...rest, ...returns, orderIds, from: drainedAt }));
  const completedAt = await world.during(completeAll({ ...rest, from: backAt }));
  progress.line('reconciling each day with WeChat’s bills');
  await world.during(reconcileAll({ ...rest, from: completedAt }));

  progress.line('comparing books and checking invariants');
  const [products, results] = [items.length, await readResults(office.source)];
  const [books, findings] = [await readBooks(office.source, wechat), await checkAtRest(office.source)];
  const reconciled = await readReconciled(office.source);
  const wallSeconds = (performance.now() - startedAt) / 1_000;
  return {
    options,
    history,
    returns,
    products,
    driven,
    results,
    books,
    reconciled,
    findings,
    stopwatch,
    driveSeconds,
    wallSeconds,
  };
}
