import type { Pair } from '../pair.js';
import { addAdd, defaultDefault, removeDefault, withdrawAdd } from './address-book.js';
import { approveApprove, approveWithdraw } from './approve-approve.js';
import { cancelCapture } from './cancel-capture.js';
import { changeOpen } from './change-open.js';
import { eraseBuy } from './erase-buy.js';
import { freezeJoin } from './freeze-join.js';
import { applyApply, applyShip, approveCancel, refundShip } from './give-back-ship.js';
import { joinExpire } from './join-expire.js';
import { joinJoin } from './join-join.js';
import { joinLeave } from './join-leave.js';
import { lateLate } from './late-late.js';
import { leaveRepeated, leaveTwice } from './leave-leave.js';
import { openOpen } from './open-open.js';
import { anyPaymentExpire, lastPaymentExpire } from './pay-expire.js';
import { payLeave } from './pay-leave.js';
import { refreshRefresh } from './refresh-refresh.js';
import { refundRefund } from './refund-refund.js';
import { releasePay } from './release-pay.js';
import { lastInStock, lastOfTheShare } from './reserve-reserve.js';
import { sameKey } from './same-key.js';
import { completeRefund, payPay, payRefund } from './settled-money.js';
import { settleSettle } from './settle-settle.js';
import { changeLogin, oneCodeTwice, oneRecoveryCodeTwice } from './staff-login.js';

/** Every pair that shares a row. A new transaction on an old row adds a file beside these. */
export const PAIRS: readonly Pair[] = [
  ...[joinJoin, joinLeave, joinExpire, freezeJoin],
  ...[openOpen, changeOpen, sameKey],
  ...[lastOfTheShare, lastInStock],
  ...[lastPaymentExpire, anyPaymentExpire, payLeave, leaveTwice, leaveRepeated],
  ...[cancelCapture, releasePay, lateLate],
  ...[refundRefund, settleSettle],
  ...[completeRefund, payRefund, payPay],
  ...[applyShip, applyApply, approveCancel, refundShip],
  ...[approveApprove, approveWithdraw],
  ...[addAdd, defaultDefault, removeDefault, withdrawAdd],
  ...[oneCodeTwice, oneRecoveryCodeTwice, changeLogin],
  ...[refreshRefresh, eraseBuy],
];
