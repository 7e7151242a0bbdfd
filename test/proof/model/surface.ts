import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, type GraphQLField, isNonNullType, isScalarType, isUnionType } from 'graphql';

const SEAT = '... on Seat { id status team { id status } order { id status checkout { id payUntil payableMinor } } }';
const CHECKOUT = 'id status payUntil payableMinor orders { id status }';
const LOGIN = '... on Login { accessToken refreshToken user { id } }';
const STAFF_LOGIN = '... on StaffLogin { accessToken refreshToken }';
const SHEET = 'revision offer { id }';
const CONSENT = '... on PrivacyConsent { isGiven }';
const BATCH = 'products { id }';
const STOCKED = '... on Sku { id stock { onHand } }';
const REFUND = '... on Refund { id status }';

/** What is asked back of each mutation, beside the name of its answer. */
const RETURNED: Readonly<Record<string, string>> = {
  checkoutCancel: `... on Checkout { ${CHECKOUT} }`,
  checkoutPlace: `... on Checkout { ${CHECKOUT} }`,
  paymentConfirm: CHECKOUT,
  paymentStart: '... on PaySheet { package }',
  offerAdd: `... on OfferSheet { ${SHEET} }`,
  offerChange: `... on OfferSheet { ${SHEET} } ... on ShareBelowTaken { unitsTaken }`,
  freightTemplateAdd: 'id',
  freightTemplateChange: '... on FreightTemplate { id }',
  productsFreightSet: 'id',
  skuLimitsSet: 'id',
  offerFreeze: SHEET,
  offerUnfreeze: SHEET,
  orderRefund: `${REFUND} ... on RefundTooLarge { refundableMinor }`,
  parcelShip: '... on Parcel { id }',
  parcelCorrect: '... on Parcel { id }',
  parcelDelivered: 'id',
  afterSaleApply: '... on AfterSale { id }',
  afterSaleCancel: '... on AfterSale { id }',
  afterSaleReturnSend: '... on AfterSale { id }',
  afterSaleAppeal: '... on AfterSale { id }',
  afterSaleApprove: '... on AfterSale { id }',
  afterSaleReject: '... on AfterSale { id }',
  afterSaleReturnReceive: '... on AfterSale { id }',
  afterSaleAppealDecide: '... on AfterSale { id }',
  orderReceive: '... on Order { id }',
  receiptExtend: '... on Order { id }',
  invoiceRequest: '... on Invoice { id }',
  invoiceCancel: '... on Invoice { id }',
  invoiceTake: '... on Invoice { id status }',
  invoiceFail: '... on Invoice { id }',
  refundRetry: REFUND,
  refundToCard: REFUND,
  accountErase: '... on AccountErased { erasingSince } ... on AccountStillOpen { matters { kind count } }',
  consentGive: CONSENT,
  consentWithdraw: CONSENT,
  addressAdd: '... on Address { id }',
  addressChange: 'id',
  addressMakeDefault: 'id',
  avatarSet: '... on User { id }',
  imageDelete: 'id',
  imageUpload: '... on Image { id uploadForm { url fields { name value } } }',
  imageUploadComplete: '... on Image { id }',
  messageGrantsRecord: 'kinds { kind isOn }',
  messageRead: 'id readAt',
  messageSettingsUpdate: 'kinds { kind isOn }',
  invariantsCheck: '... on InvariantReport { runningSince }',
  phoneRemove: 'id',
  phoneUpdate: '... on User { id }',
  staffEnrol: '... on StaffEnrolment { secret }',
  staffEnrolConfirm: '... on StaffEnrolled { recoveryCodes }',
  staffLogin: STAFF_LOGIN,
  staffPasswordChange: '... on Staff { id }',
  staffSessionRefresh: STAFF_LOGIN,
  login: LOGIN,
  sessionRefresh: LOGIN,
  profileUpdate: 'id nickname',
  userDisable: 'id status',
  userEnable: 'id status',
  teamJoin: SEAT,
  teamLeave: SEAT,
  teamOpen: SEAT,
  teamOpenerBlock: '... on UserBlock { id }',
  categoryAdd: '... on Category { id }',
  categoryChange: '... on Category { id }',
  categoryRemove: '... on Category { id }',
  productAdd: '... on Product { id }',
  productChange: '... on Product { id }',
  productsOffSale: BATCH,
  productsOnSale: `... on ProductBatch { ${BATCH} }`,
  suppliedProductsOffSale: BATCH,
  skuAdd: '... on Sku { id }',
  skuChange: '... on Sku { id }',
  skuPriceSet: 'id priceMinor',
  stockAdjust: STOCKED,
  stockReceive: STOCKED,
  suppliedStockAdjust: STOCKED,
  suppliedStockReceive: STOCKED,
  shareSceneCreate: '... on ShareScene { scene }',
  shareCodeCreate: '... on ShareCode { scene }',
  shareLinkCreate: '... on ShareLink { scene }',
};

const MUTATIONS = buildSchema(readFileSync('schema.graphql', 'utf8')).getMutationType()!.getFields();

/**
 * Bulk acts need two of the staff, and a job of their own for each twenty orders; `test/audit/bulk-acts` and two pairs of the interleaver have
 * them. Pictures of goods go the way of buyers' pictures; `test/catalog/product-images` has what is their own. WeChat takes whatever it is told
 * of shipping here; `test/fulfilment/uploads` has what it does not take. Imports need a file, which is no part of the schema;
 * `test/catalog/importing` has them. So it is with the files of invoices, which `test/invoices` has, and with recalls, which two of the
 * staff decide about (`test/recalls`), as they do about payouts (`test/payouts`). A supplier's rate holds a week later at the earliest;
 * `test/orders/settlement` has it, and the walks' supplier has agreed to one before.
 * Bills come once a day, and the walks last hours: `test/reconciliation` has them, and what is paid by the bank.
 */
const NOT_SENT: readonly string[] = [
  ...['ordersRefund', 'bulkActApprove', 'bulkActReject', 'bulkActWithdraw'],
  ...['productImageUpload', 'productImageUploadComplete', 'shippingUploadRetry'],
  ...['catalogImportApply', 'catalogImportCancel'],
  ...['invoiceFileUpload', 'invoiceIssue', 'invoiceReverse', 'recallPropose', 'supplierRateSet'],
  ...['payoutApprove', 'payoutCancel', 'payoutEnter', 'payoutPropose'],
  ...['billDayFetchAnew', 'findingResolve', 'refundSettledOutside'],
];

/** Every mutation of the API as it stands that is sent. */
export const SURFACE: readonly string[] = Object.keys(MUTATIONS).filter((name) => !NOT_SENT.includes(name));

/** The document that sends a mutation. */
export function documentOf(mutation: string): string {
  const field = MUTATIONS[mutation];
  if (!field) throw new Error(`schema.graphql has no mutation ${mutation}`);
  const returned = RETURNED[mutation];
  const body = returned === undefined ? '' : ` { __typename ${returned} }`;
  const type = inputOf(field);
  return type === null
    ? `mutation { ${mutation}${body} }`
    : `mutation ($input: ${type}) { ${mutation}(input: $input)${body} }`;
}

function inputOf({ args }: GraphQLField<unknown, unknown>): string | null {
  const [input] = args;
  if (!input) return null;
  if (!isNonNullType(input.type)) throw new Error(`${input.name} may be left out`);
  return String(input.type);
}

/** Answers that no walk comes to, and why. */
export const UNREACHED: ReadonlyMap<string, string> = new Map([
  ['categoryAdd: TooManyCategories', 'it takes five hundred'],
  ['skuAdd: TooManySkus', 'it takes a hundred of one product'],
  ['stockReceive: StockOutOfBounds', 'it takes a billion units'],
  ['stockReceive: BatchDatesDiffer', 'the walks name no batches; `test/recalls` does'],
  ['suppliedStockReceive: BatchDatesDiffer', 'the walks name no batches; `test/recalls` does'],
  ['parcelShip: BatchUnknown', 'the walks name no batches; `test/recalls` does'],
  ['suppliedStockReceive: StockOutOfBounds', 'it takes a billion units'],
  [
    'afterSaleApply: ReturnExcepted',
    'the goods of the walks can be sent back; `test/after-sale` has those that cannot',
  ],
  ['parcelShip: TooManyParcels', 'nobody buys more than four units, and it takes fifteen parcels'],
  ['orderRefund: TooManyRefunds', 'it takes forty refunds of one payment, a minute apart'],
  ['sessionRefresh: TooManyAttempts', 'all runs come from one address, so its limit is out of the way'],
  ['accountErase: TooManyAttempts', 'all runs come from one address, so its limit is out of the way'],
  ['imageUpload: TooManyUploads', 'it takes three hundred uploads of one person'],
  ['imageUpload: TooManyAttempts', 'it counts by the minute of machines, which a slow one does not keep'],
  ['imageUploadComplete: TooManyAttempts', 'it counts by the minute of machines, which a slow one does not keep'],
  ...['shareCodeCreate', 'shareLinkCreate'].flatMap((mutation): [string, string][] => [
    [`${mutation}: ShareTryLater`, 'WeChat makes whatever it is asked for; `test/sharing` has when it does not'],
    [`${mutation}: ShareNotPossible`, 'WeChat makes whatever it is asked for; `test/sharing` has when it does not'],
    [`${mutation}: ShareLimitReached`, 'it takes a hundred codes and links of one person'],
  ]),
  ['staffEnrol: TooManyAttempts', 'all runs come from one address, so its limit is out of the way'],
  ['staffEnrolConfirm: TooManyAttempts', 'all runs come from one address, so its limit is out of the way'],
  ['staffSessionRefresh: TooManyAttempts', 'all runs come from one address, so its limit is out of the way'],
  ['staffSessionRefresh: UserDisabled', 'only the command line shuts out one of the staff'],
  ['teamOpenerBlock: TooManyBlocks', 'it takes a thousand people'],
]);

/** Everything that some mutation can answer, such as `teamJoin: TeamFull`, but for what no walk comes to. */
export const ANSWERS: readonly string[] = Object.values(MUTATIONS).flatMap((field) =>
  (NOT_SENT.includes(field.name) ? [] : answersOf(field))
    .map((answer) => `${field.name}: ${answer}`)
    .filter((answer) => !UNREACHED.has(answer)),
);

function answersOf({ name, type }: GraphQLField<unknown, unknown>): string[] {
  const named = getNamedType(type);
  if (isUnionType(named)) return named.getTypes().map((member) => member.name);
  if (isScalarType(named)) return name === 'personUnblock' || name === 'addressRemove' ? ['true', 'false'] : ['true'];
  return [named.name];
}
