import type { INestApplicationContext } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { Sku } from '#catalog';
import { type Actor, badInput, BusinessTime, notFound, type Page, type PageArgs, Transactor } from '#common';
import { type Offer, type OfferId, OfferSheetsService, OffersService } from '#teams';
import { type NamedPrice, orComplain } from './complaint.js';
import { describeChange, describeOffer } from './description.js';
import type { OfferOptions } from './options.js';
import { sharesOf } from './shares.js';
import type { CodePrice } from './values.js';

const PAGE = 100;

/**
 * Does what the options say and tells what came of it, a line each.
 *
 * @throws NotDone if the shop does not do it
 */
export async function decideOffer(app: INestApplicationContext, options: OfferOptions, by: Actor): Promise<string[]> {
  const desk = new OfferDesk(app, by);
  switch (options.action) {
    case 'list':
      return desk.list(options);
    case 'show':
      return desk.show(options);
    case 'add':
      return desk.add(options);
    case 'change':
      return desk.change(options);
    case 'freeze':
    case 'unfreeze':
      return desk.setFrozen(options);
  }
}

type Options<Action extends OfferOptions['action']> = Extract<OfferOptions, { readonly action: Action }>;

/** Where somebody on the server decides about offers. */
class OfferDesk {
  readonly #db: EntityManager;
  readonly #transactor: Transactor;
  readonly #businessTime: BusinessTime;
  readonly #offers: OffersService;
  readonly #sheets: OfferSheetsService;

  constructor(
    app: INestApplicationContext,
    private readonly by: Actor,
  ) {
    this.#db = app.get(DataSource).manager;
    this.#transactor = app.get(Transactor, { strict: false });
    this.#businessTime = app.get(BusinessTime, { strict: false });
    this.#offers = app.get(OffersService, { strict: false });
    this.#sheets = app.get(OfferSheetsService, { strict: false });
  }

  async list({ standing }: Options<'list'>): Promise<string[]> {
    const lines: string[] = [];
    for await (const { offer } of everyNode((page) => this.#sheets.page(standing, page)))
      lines.push(await this.#describe(offer));
    return lines;
  }

  async show({ offerId }: Options<'show'>): Promise<string[]> {
    const lines = [await this.#describe(await this.#offer(offerId))];
    for await (const change of everyNode((page) => this.#sheets.changes(offerId, page)))
      lines.push(describeChange(change));
    return lines;
  }

  async add({ terms, reason }: Options<'add'>): Promise<string[]> {
    const prices = await this.#named(terms.prices);
    const startsAt = terms.startsAt ?? (await this.#businessTime.read(this.#db));
    const draft = { ...terms, startsAt, prices, by: this.by, reason };
    const offer = await orComplain(prices, () => this.#transactor.run((db) => this.#offers.add(db, draft)));
    return [await this.#describe(offer)];
  }

  /** What is left out stays as it was when the command began; if somebody else changes it meanwhile, nothing is changed. */
  async change({ offerId, terms, reason }: Options<'change'>): Promise<string[]> {
    const before = await this.#offer(offerId);
    const prices = terms.prices ? await this.#named(terms.prices) : await sharesOf(this.#db, before);
    const draft = { ...before, ...terms, offerId, prices, by: this.by, reason };
    const offer = await orComplain(prices, () => this.#transactor.run((db) => this.#offers.change(db, draft)));
    return [await this.#describe(offer)];
  }

  async setFrozen({ action, offerId, reason }: Options<'freeze' | 'unfreeze'>): Promise<string[]> {
    const offer = await orComplain([], () => this.#offers[action](offerId, { by: this.by, reason }));
    return [await this.#describe(offer)];
  }

  #offer(id: OfferId): Promise<Offer> {
    return orComplain([], async () => {
      const sheet = await this.#sheets.sheet(id);
      if (!sheet) throw notFound('input.offerId');
      return sheet.offer;
    });
  }

  /** The SKUs with these codes. */
  #named(prices: readonly CodePrice[]): Promise<NamedPrice[]> {
    return orComplain([], async () => {
      const skus = await this.#db.findBy(Sku, { code: In(prices.map(({ code }) => code)) });
      return prices.map(({ code, priceMinor, unitsMax }) => {
        const sku = skus.find((each) => each.code === code);
        if (sku) return { skuId: sku.id, code, priceMinor, unitsMax };
        throw badInput({ path: `--sku ${code}`, texts: { zh: '没有这个规格。', en: 'There is no such SKU.' } });
      });
    });
  }

  async #describe(offer: Offer): Promise<string> {
    return describeOffer(offer, await sharesOf(this.#db, offer));
  }
}

/** Everything in a list, page by page. */
async function* everyNode<Node>(pageOf: (page: PageArgs) => Promise<Page<Node>>): AsyncIterable<Node> {
  let after: string | null = null;
  do {
    const { edges, pageInfo }: Page<Node> = await pageOf({ first: PAGE, after });
    for (const { node } of edges) yield node;
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
}
