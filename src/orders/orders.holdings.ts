import type { Holding } from '#common';

/** What orders, and the payments that belong to them, hold of people. Only orders know whose money a payment is. */
export const ORDERS_HOLDINGS: readonly Holding[] = [
  {
    category: 'ORDERS',
    what: { zh: '您的结算单和订单。', en: 'Your checkouts and orders.' },
    columns: ['checkout.buyer_id', 'orders.buyer_id', 'sku_buyer.buyer_id'],
    purpose: 'ORDERS',
    basis: 'CONTRACT',
    kept: {
      zh: '交易完成后至少保存三年；注销账号后不再能联系到您本人。',
      en: 'For at least three years after completion; once you erase your account they lead to nobody.',
    },
    correctedBy: null,
    countSql: 'SELECT COUNT(*) FROM orders WHERE buyer_id = ?',
  },
  {
    category: 'DELIVERIES',
    what: {
      zh: '订单的收货人姓名、电话和地址。',
      en: 'The name, number and address that an order goes to.',
    },
    columns: ['orders.delivery'],
    purpose: 'ORDERS',
    basis: 'CONTRACT',
    kept: {
      zh: '加密保存至交易完成后三年；注销账号后只保留打码内容，未付款的立即删除。',
      en: 'Encrypted, until three years after completion. Once you erase your account only a masked form stays, and nothing of what was never paid.',
    },
    correctedBy: null,
    countSql: 'SELECT COUNT(*) FROM orders WHERE buyer_id = ? AND delivery IS NOT NULL',
  },
  {
    category: 'PAYMENTS',
    what: {
      zh: '您的付款和退款，以及退款说明。',
      en: 'Your payments and refunds, and what was said about a refund.',
    },
    columns: ['refund.note', 'refund.requested_by_id'],
    purpose: 'ORDERS',
    basis: 'LEGAL_DUTY',
    kept: {
      zh: '交易完成后至少保存三年；退款说明在退款完成三年后删除。',
      en: 'For at least three years after completion; what was said about a refund, until three years after it arrived.',
    },
    correctedBy: null,
    countSql:
      'SELECT COUNT(*) FROM payment JOIN checkout ON checkout.id = payment.checkout_id WHERE checkout.buyer_id = ?',
  },
];
