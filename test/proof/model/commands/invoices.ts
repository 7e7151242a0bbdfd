import type { Dice } from '../dice.js';
import type { Kind } from '../command.js';
import { hasLiveInvoice, isNothingLeft, whyNotInvoice } from '../promises/invoices.js';
import type { Model } from '../promises/model.js';
import type { Purchase } from '../promises/records.js';
import { ask, newKey, promisedTo, remember } from './asking.js';

const COMPANY = { titleKind: 'COMPANY', title: '果园科技有限公司', taxNumber: '914403001922038216' };
const WRONG = '914403001922038217';

interface Wish {
  readonly purchase: Purchase;
  readonly isWrong: boolean;
}

/** A buyer asks for an invoice, whether the order is shipped or not, with a right tax number or a wrong one. */
export const invoiceRequest: Kind<Wish> = {
  name: 'invoiceRequest',
  mutations: ['invoiceRequest'],
  weight: 6,
  choose: ({ purchases }, dice) => {
    const likely = purchases.filter((purchase) => whyNotInvoice(purchase) === null);
    const purchase = dice.happens(40) ? dice.oneOf(purchases) : dice.oneOf(likely);
    return purchase && { purchase, isWrong: dice.happens(10) };
  },
  tell: ({ purchase }) => `${purchase.buyer.name} asks for an invoice of ${purchase.name}`,
  act: async ({ purchase, isWrong }, model, run) => {
    const { buyer: person, orderId } = purchase;
    const no = isWrong ? 'TaxNumberWrong' : whyNotInvoice(purchase);
    const promised = promisedTo(person, () => no ?? 'Invoice');
    const phone = run.world.phoneOf(person);
    const input = { orderId, ...COMPANY, ...(isWrong && { taxNumber: WRONG }), idempotencyKey: newKey() };
    const answer = await ask(run, phone, 'invoiceRequest', promised, input);
    if (answer.type !== 'Invoice') return answer.type;
    purchase.invoice = { id: String(answer.value['id']), status: 'REQUESTED' };
    const other = { title: '另一个抬头' };
    remember(model, run, { phone, person, mutation: 'invoiceRequest', input, other, answer });
    return answer.type;
  },
};

const invoiced = ({ purchases }: Model, dice: Dice): Purchase | null => {
  const all = purchases.filter(({ invoice }) => invoice !== null);
  return dice.happens(25) ? dice.oneOf(all) : dice.oneOf(all.filter(hasLiveInvoice));
};

/** A buyer takes a request back. */
export const invoiceCancel: Kind<Purchase> = {
  name: 'invoiceCancel',
  mutations: ['invoiceCancel'],
  weight: 3,
  choose: invoiced,
  tell: ({ buyer, name }) => `${buyer.name} cancels the invoice of ${name}`,
  act: async (purchase, _model, run) => {
    const { buyer } = purchase;
    const invoice = invoiceOf(purchase);
    const isOpen = invoice.status === 'REQUESTED' || invoice.status === 'CANCELLED';
    const promised = promisedTo(buyer, () => (isOpen ? 'Invoice' : 'InvoiceNotCancellable'));
    const phone = run.world.phoneOf(buyer);
    const { type } = await ask(run, phone, 'invoiceCancel', promised, { invoiceId: invoice.id });
    if (type === 'Invoice') invoice.status = 'CANCELLED';
    return type;
  },
};

/** One of the staff takes a request; if nothing is left of the order by then, it has failed. */
export const invoiceTake: Kind<Purchase> = {
  name: 'invoiceTake',
  mutations: ['invoiceTake'],
  weight: 3,
  choose: invoiced,
  tell: ({ name }) => `an operator takes the invoice of ${name}`,
  act: async (purchase, _model, run) => {
    const invoice = invoiceOf(purchase);
    const promised = hasLiveInvoice(purchase) ? 'Invoice' : 'InvoiceNotYours';
    const phone = await run.world.operator();
    const { type } = await ask(run, phone, 'invoiceTake', promised, { invoiceId: invoice.id });
    if (invoice.status === 'REQUESTED') invoice.status = isNothingLeft(purchase) ? 'FAILED' : 'ISSUING';
    return type;
  },
};

/** One of the staff says that an invoice cannot be issued. */
export const invoiceFail: Kind<Purchase> = {
  name: 'invoiceFail',
  mutations: ['invoiceFail'],
  weight: 2,
  choose: invoiced,
  tell: ({ name }) => `an operator fails the invoice of ${name}`,
  act: async (purchase, _model, run) => {
    const invoice = invoiceOf(purchase);
    const promised = invoice.status === 'ISSUING' ? 'Invoice' : 'InvoiceNotYours';
    const input = { invoiceId: invoice.id, reason: '抬头与税号不符。' };
    const { type } = await ask(run, await run.world.operator(), 'invoiceFail', promised, input);
    if (type === 'Invoice') invoice.status = 'FAILED';
    return type;
  },
};

function invoiceOf({ name, invoice }: Purchase): NonNullable<Purchase['invoice']> {
  if (!invoice) throw new Error(`nobody has asked for an invoice of ${name}`);
  return invoice;
}
