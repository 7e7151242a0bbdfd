import { needsConfirmation } from '#catalog';
import { type Currency, newId, sumMinor } from '#common';
import { breakdownOf } from './breakdown.js';
import { CheckoutQuote, type ReturnToConfirm } from './checkout-quote.js';
import type { OrderId } from '../order.entity.js';
import { OrderFreight } from './order-freight.entity.js';
import { OrderLine } from '../order-line.entity.js';
import { amountOf, type NewLine, type PricedOrder, titleOf } from './price.rules.js';

/** What explains the price of an order. */
export interface OrderParts {
  readonly lines: OrderLine[];
  readonly freights: OrderFreight[];
}

/** The rows that keep what an order was priced at. */
export function partsOf({ lines, freights }: PricedOrder, orderId: OrderId, currency: Currency): OrderParts {
  return {
    lines: lines.map((line) => {
      const { article, quantity, unitPriceMinor, allotmentId, returnRule } = line;
      return Object.assign(new OrderLine(), {
        ...{ id: newId('line'), orderId, skuId: article.sku.id, title: titleOf(article) },
        ...{ quantity, unitPriceMinor, allotmentId, returnRule, singlePriceMinor: article.sku.priceMinor },
        amountMinor: amountOf(line),
        ...{ shippedQuantity: 0, cancelledQuantity: 0, restockedQuantity: 0, refundingQuantity: 0, refundingMinor: 0 },
        ...{ claimedQuantity: 0, withheldQuantity: 0 },
      });
    }),
    freights: freights.map((freight) => Object.assign(new OrderFreight(), { ...freight, orderId, currency })),
  };
}

/** What somebody is shown of orders that are priced and not placed. */
export function quoteOf(orders: readonly PricedOrder[], currency: Currency): CheckoutQuote {
  return Object.assign(new CheckoutQuote(), {
    payableMinor: sumMinor(orders.map(({ payableMinor }) => payableMinor)),
    freightMinor: sumMinor(orders.map(({ freightMinor }) => freightMinor)),
    currency,
    orders: orders.map((order) => {
      const { supplierId, payableMinor, freightMinor } = order;
      const { lines, freights } = partsOf(order, newId('order'), currency);
      return { supplierId, payableMinor, freightMinor, breakdown: breakdownOf(lines, freights) };
    }),
    returnsToConfirm: orders.flatMap(({ lines }) => lines.flatMap(returnsToConfirm)),
  });
}

function returnsToConfirm({ article: { sku, product } }: NewLine): ReturnToConfirm[] {
  const { returnRule } = product;
  return needsConfirmation(returnRule) ? [{ skuId: sku.id, returnRule }] : [];
}
