import { type Drawn, drawn } from '../command.js';
import { afterSaleAppeal, afterSaleApply, afterSaleCancel, afterSaleReturnSend } from './after-sale.js';
import { productAdd, productChange, skuAdd, skuChange } from './assortment.js';
import { freightTemplateAdd, freightTemplateChange, productsFreightSet, skuLimitsSet } from './freight.js';
import { personUnblock, teamOpenerBlock } from './blocks.js';
import { categoryAdd, categoryChange, categoryRemove } from './categories.js';
import { askedTooLate, caseOverdue, decidedTooLate, refusalAppealed, returnBegun, wrongShown } from './case-courses.js';
import { checkoutPlace, teamJoin, teamOpen } from './buying.js';
import { addressAdd, addressChange, addressMakeDefault, addressRemove } from './addresses.js';
import { afterSaleAppealDecide, afterSaleApprove, afterSaleReject, afterSaleReturnReceive } from './deciding.js';
import { staffEnrol, staffEnrolConfirm } from './enrolling.js';
import { avatarNew, avatarSet } from './avatar.js';
import { imageDelete, imageUpload, imageUploadComplete } from './images.js';
import { login, logout, profileUpdate, sessionRefresh } from './identity.js';
import { teamLeave } from './leaving.js';
import { invariantsCheck } from './looking.js';
import { abuse, clock, fault, repeat, restart, workEverything, workOnOne } from './machinery.js';
import { offerAdd, offerChange, offerFreeze } from './offers.js';
import { checkoutCancel, payAtOnce, payLate, paymentConfirm, paymentStart } from './paying.js';
import { phoneRemove, phoneUpdate } from './phone.js';
import { accountErase, consentGive, consentWithdraw } from './privacy.js';
import {
  orderReceive,
  parcelCorrect,
  parcelDelivered,
  parcelShip,
  receiptExtend,
  receiptOfAnother,
} from './shipping.js';
import { holdingsLook } from './holdings.js';
import { userDisable } from './shutting-out.js';
import { troubledRefund } from './troubled.js';
import { checkoutOfAnother, leaveOfAnother, offerByBuyer } from './trespassing.js';
import { invoiceCancel, invoiceFail, invoiceRequest, invoiceTake } from './invoices.js';
import { messageGrantsRecord, messageRead, messageSettingsUpdate, messagesReadAll } from './messages.js';
import { saleTurn } from './sale.js';
import { shareGoods } from './sharing.js';
import { skuPriceSet, stockEnter } from './stock.js';
import { staffLogin, staffPasswordChange, staffSessionRefresh } from './staff.js';
import { channelEndsRefund, orderRefund, refundRetry, refundToCard } from './refunds.js';

/** Everything that can happen. The first of each row is what a run is made smaller towards. */
export const KINDS: readonly Drawn[] = [
  ...[drawn(teamOpen), drawn(teamJoin), drawn(teamLeave), drawn(leaveOfAnother), drawn(checkoutPlace)],
  ...[drawn(payAtOnce), drawn(paymentStart), drawn(payLate), drawn(paymentConfirm)],
  ...[drawn(checkoutCancel), drawn(checkoutOfAnother)],
  ...[drawn(orderRefund), drawn(refundRetry), drawn(refundToCard), drawn(channelEndsRefund), drawn(troubledRefund)],
  ...[drawn(parcelShip), drawn(parcelCorrect), drawn(parcelDelivered)],
  ...[drawn(invoiceRequest), drawn(invoiceCancel), drawn(invoiceTake), drawn(invoiceFail)],
  ...[drawn(orderReceive), drawn(receiptOfAnother), drawn(receiptExtend)],
  ...[drawn(afterSaleApply), drawn(afterSaleCancel), drawn(afterSaleReturnSend), drawn(afterSaleAppeal)],
  ...[drawn(afterSaleApprove), drawn(afterSaleReject), drawn(afterSaleReturnReceive), drawn(afterSaleAppealDecide)],
  ...[drawn(returnBegun), drawn(wrongShown), drawn(refusalAppealed), drawn(decidedTooLate), drawn(caseOverdue)],
  ...[drawn(askedTooLate)],
  ...[drawn(offerAdd), drawn(offerChange), drawn(offerFreeze), drawn(offerByBuyer)],
  ...[drawn(freightTemplateAdd), drawn(freightTemplateChange), drawn(productsFreightSet), drawn(skuLimitsSet)],
  ...[drawn(stockEnter), drawn(skuPriceSet), drawn(saleTurn)],
  ...[drawn(productAdd), drawn(productChange), drawn(skuAdd), drawn(skuChange)],
  ...[drawn(categoryAdd), drawn(categoryChange), drawn(categoryRemove)],
  ...[drawn(login), drawn(sessionRefresh), drawn(logout), drawn(profileUpdate), drawn(userDisable)],
  ...[drawn(phoneUpdate), drawn(phoneRemove)],
  ...[drawn(consentGive), drawn(consentWithdraw), drawn(accountErase), drawn(holdingsLook)],
  ...[drawn(addressAdd), drawn(addressChange), drawn(addressMakeDefault), drawn(addressRemove)],
  ...[drawn(imageUpload), drawn(imageUploadComplete), drawn(imageDelete), drawn(avatarSet)],
  ...[drawn(avatarNew), drawn(shareGoods)],
  ...[drawn(staffEnrol), drawn(staffEnrolConfirm), drawn(staffLogin), drawn(staffSessionRefresh)],
  ...[drawn(staffPasswordChange), drawn(invariantsCheck)],
  ...[drawn(teamOpenerBlock), drawn(personUnblock)],
  ...[drawn(messageGrantsRecord), drawn(messageSettingsUpdate), drawn(messageRead), drawn(messagesReadAll)],
  ...[drawn(workEverything), drawn(workOnOne), drawn(clock), drawn(restart), drawn(fault), drawn(repeat), drawn(abuse)],
];
