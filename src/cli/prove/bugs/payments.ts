import type { SeededBug } from '../bug.js';

const PAYMENTS_SERVICE = 'src/payments/payments.service.ts';
const REFUNDS_SERVICE = 'src/payments/refunds.service.ts';
const CHANNEL_SERVICE = 'src/payments/channel.service.ts';
const REFUND_DRIVER = 'src/payments/refund.driver.ts';
const RULES = 'src/payments/payment.rules.ts';

export const PAYMENTS: readonly SeededBug[] = [
  {
    name: 'more is promised back than the channel took',
    file: REFUNDS_SERVICE,
    search: 'WHERE id = ? AND refunding_minor + ? <= amount_minor',
    replace: 'WHERE id = ? AND (refunding_minor + ? <= amount_minor OR TRUE)',
    caughtBy: { file: 'test/payments/refunds.test.ts', test: 'is never promised for more than the channel took' },
  },
  {
    name: 'a refund is settled without holding its row',
    file: REFUNDS_SERVICE,
    search: `where: { outRefundNo: report.outRefundNo },
        lock: { mode: 'pessimistic_write' },`,
    replace: 'where: { outRefundNo: report.outRefundNo },',
    caughtBy: { file: 'test/payments/refunds.test.ts', test: 'of which two hear at once is booked by one of them' },
  },
  {
    name: 'a refund that is tried again has a new number',
    file: REFUND_DRIVER,
    search: `outRefundNo: refund.outRefundNo,
      transactionId`,
    replace: `outRefundNo: \`\${refund.outRefundNo.slice(0, 12)}\${Date.now()}\`,
      transactionId`,
    caughtBy: { file: 'test/payments/refunds.test.ts', test: 'that is tried again is asked for under the same number' },
  },
  {
    name: 'a refund that the channel has closed is forgotten',
    file: REFUNDS_SERVICE,
    search: "else if (status === 'CLOSED') await this.#replace(db, refund, channelRefundId);",
    replace: "else if (status === 'CLOSED') await move(db, Refund, refundLife, refund, 'CLOSED', { channelRefundId });",
    caughtBy: {
      file: 'test/payments/giving-back.test.ts',
      test: 'goes on under a new number when the channel closes it',
    },
  },
  {
    name: 'any amount pays a checkout',
    file: RULES,
    search:
      "if (payment.amountMinor !== report.amountMinor || payment.currency !== report.currency) return 'MISMATCHED';",
    replace: '',
    caughtBy: { file: 'test/payments/attempts.test.ts', test: 'a wrong amount that the channel insists on' },
  },
  {
    name: 'a notification of a wrong amount is believed without asking the channel',
    file: CHANNEL_SERVICE,
    search: `if (report.amountMinor === payment.amountMinor && report.currency === payment.currency) return report;
    const answer`,
    replace: `if (report.outTradeNo === payment.outTradeNo) return report;
    const answer`,
    caughtBy: { file: 'test/payments/payments.test.ts', test: 'that names a wrong amount is checked with the channel' },
  },
  {
    name: 'what was charged twice is kept',
    file: PAYMENTS_SERVICE,
    search: 'await this.#giveBack(db, capture, capture.purpose);',
    replace: '',
    caughtBy: { file: 'test/payments/payments.test.ts', test: 'goes back when WeChat charges twice' },
  },
  {
    name: 'a second capture pays the checkout once more',
    file: RULES,
    search: "if (isPaid) return 'DUPLICATE';",
    replace: '',
    caughtBy: { file: 'test/payments/payment.rules.test.ts', test: 'what a capture is for' },
  },
  {
    name: 'each copy of a notification is stored and worked off',
    file: 'src/payments/notifications.controller.ts',
    search: '[notification.id, notification.eventType, JSON.stringify(resourceOf(notification))],',
    replace:
      '[`${notification.id.slice(0, 40)}${Math.random()}`, notification.eventType, JSON.stringify(resourceOf(notification))],',
    caughtBy: { file: 'test/payments/payments.test.ts', test: 'a notification that comes fifty times is one payment' },
  },
  {
    name: 'what a payment holds is released before the channel has closed it',
    file: CHANNEL_SERVICE,
    search: 'const result = await this.channel.close(payment.outTradeNo);',
    replace: "const result = 'CLOSED' as 'CLOSED' | 'PAID';",
    caughtBy: { file: 'test/payments/attempts.test.ts', test: 'is closed at the channel before anything is released' },
  },
  {
    name: 'payments are closed by the clock of the machine',
    file: CHANNEL_SERVICE,
    search: 'const now = await this.businessTime.read(this.source.manager);',
    replace: 'const now = this.machine.now();',
    caughtBy: {
      file: 'test/payments/payments.test.ts',
      test: 'that never comes is asked for when the pay window ends',
    },
  },
];
