import { ApiError, PayError } from './errors.js';
import type { Operation } from './fault.kinds.js';

/** How WeChat Pay says no, by code: the HTTP status and a message (`wechat.md` 2.6 and 2.7). Messages are for people and change. */
const REFUSALS = {
  PARAM_ERROR: [400, '参数错误'],
  INVALID_REQUEST: [400, '无效请求'],
  ORDERPAID: [400, '该订单已支付'],
  ORDER_CLOSED: [400, '订单已关闭'],
  APPID_MCHID_NOT_MATCH: [400, 'AppID和商户号不匹配'],
  MCH_NOT_EXISTS: [400, '商户号不存在'],
  NO_STATEMENT_EXIST: [400, '请求的账单文件不存在'],
  STATEMENT_CREATING: [400, '请求的账单正在生成中'],
  SIGN_ERROR: [401, '签名错误'],
  NO_AUTH: [403, '商户无权限'],
  OUT_TRADE_NO_USED: [403, '商户订单号重复'],
  RULE_LIMIT: [403, '业务规则限制'],
  TRADE_ERROR: [403, '交易错误'],
  NOT_ENOUGH: [403, '基本账户余额不足'],
  ACCOUNT_ERROR: [403, '账号异常'],
  USER_ACCOUNT_ABNORMAL: [403, '用户账户异常'],
  REQUEST_BLOCKED: [403, '请求被拦截'],
  ORDER_NOT_EXIST: [404, '订单不存在'],
  RESOURCE_NOT_EXISTS: [404, '查询的资源不存在'],
  FREQUENCY_LIMITED: [429, '频率限制'],
  RATELIMIT_EXCEEDED: [429, '频率超限'],
  SYSTEM_ERROR: [500, '系统错误'],
  BANK_ERROR: [500, '银行系统异常'],
  OPENID_MISMATCH: [500, 'OpenID和AppID不匹配'],
  INVALID_TRANSACTIONID: [500, '订单号非法'],
  // A code that nobody has seen yet: new ones may appear at any time, and a merchant must live with them.
  NEVER_SEEN_BEFORE: [403, '未知错误'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** How the mini-program API says no to what is shipped, by errcode (`wechat.md` 1.9). */
const OF_SHIPPING_TEXTS = {
  '10060001': '支付单不存在',
  '10060002': '支付单已完成发货，无法继续发货',
  '10060003': '支付单已使用重新发货机会',
  '10060004': '支付单处于不可发货的状态',
  '10060005': '物流类型有误',
  '10060012': '系统错误',
  '10060014': '参数错误',
  '10060019': '系统错误',
  '10060023': '发货信息未更新',
  '10060031': '该笔支付单不属于 openid 所指定的用户',
  '268485216': '上传时间非法',
  '45009': '接口调用超过限制',
} as const satisfies Record<string, string>;

/** How it says no to codes, and to links (`wechat.md` 1.4 and 1.5). */
const OF_CODES = {
  '40097': 'invalid args',
  '40129': 'invalid scene',
  '40169': 'invalid length for scene, or the data is not json string',
  '41030': 'invalid page',
  '45009': 'reach max api daily quota limit',
} as const satisfies Record<string, string>;
const OF_LINKS = {
  '40002': 'invalid grant_type',
  '40013': 'invalid appid',
  '40066': 'invalid url',
  '40165': 'invalid path',
  '40212': 'invalid query',
  '40225': 'invalid page title',
  '44990': 'reach max api second frequency limit',
  '44993': 'reach max api day frequency limit',
  '45009': 'reach max api daily quota limit',
  '85079': 'miniprogram has no online release',
  '85400': 'permanent quota is used up',
  '85401': 'invalid expire time',
  '85402': 'invalid env_version',
} as const satisfies Record<string, string>;

/** How it says no to a message, by errcode (`wechat.md` 1.6); -1 does nothing here, though a caller cannot know. */
const OF_MESSAGES_TEXTS = {
  '-1': 'system error',
  '40003': 'invalid openid',
  '40037': 'invalid template_id',
  '41030': 'invalid page',
  '43101': 'user refuse to accept the msg',
  '43107': 'subscribe message capability has been banned',
  '45009': 'reach max api daily quota limit',
  '47003': 'argument invalid!',
} as const satisfies Record<string, string>;

type NumberedCode =
  keyof typeof OF_SHIPPING_TEXTS | keyof typeof OF_CODES | keyof typeof OF_LINKS | keyof typeof OF_MESSAGES_TEXTS;
const NUMBERED: Readonly<Record<NumberedCode, string>> = {
  ...OF_MESSAGES_TEXTS,
  ...OF_CODES,
  ...OF_LINKS,
  ...OF_SHIPPING_TEXTS,
};
const codesIn = (texts: object): NumberedCode[] => Object.keys(texts) as NumberedCode[];
const OF_SHIPPING = codesIn(OF_SHIPPING_TEXTS);
const OF_MESSAGES = codesIn(OF_MESSAGES_TEXTS);

export type RefusalCode = keyof typeof REFUSALS | NumberedCode;

type PayCode = keyof typeof REFUSALS;

const ANY: readonly PayCode[] = [
  'PARAM_ERROR',
  'INVALID_REQUEST',
  'MCH_NOT_EXISTS',
  'SIGN_ERROR',
  'NO_AUTH',
  'RULE_LIMIT',
  'REQUEST_BLOCKED',
  'FREQUENCY_LIMITED',
  'RATELIMIT_EXCEEDED',
  'SYSTEM_ERROR',
  'BANK_ERROR',
  'NEVER_SEEN_BEFORE',
];
const OF_BILLS: readonly PayCode[] = [...ANY, 'NO_STATEMENT_EXIST', 'STATEMENT_CREATING'];
const OF_REFUNDS: readonly PayCode[] = [...ANY, 'RESOURCE_NOT_EXISTS', 'USER_ACCOUNT_ABNORMAL', 'NOT_ENOUGH'];

/** The codes that each operation can give; login and numbers of the mini-program API have none, and the storage has XML. */
const CODES: Readonly<Record<Operation, readonly RefusalCode[]>> = {
  login: [],
  token: [],
  phone: [],
  upload_shipping: OF_SHIPPING,
  get_order: OF_SHIPPING,
  remind_receipt: OF_SHIPPING,
  code: codesIn(OF_CODES),
  scheme: codesIn(OF_LINKS),
  url_link: codesIn(OF_LINKS),
  short_link: codesIn(OF_LINKS),
  send_message: OF_MESSAGES,
  post_object: [],
  put_object: [],
  get_object: [],
  list_objects: [],
  delete_object: [],
  prepay: [
    ...ANY,
    'APPID_MCHID_NOT_MATCH',
    'ORDERPAID',
    'ORDER_CLOSED',
    'OUT_TRADE_NO_USED',
    'TRADE_ERROR',
    'ACCOUNT_ERROR',
    'OPENID_MISMATCH',
    'INVALID_TRANSACTIONID',
  ],
  query: [...ANY, 'ORDER_NOT_EXIST', 'RESOURCE_NOT_EXISTS', 'TRADE_ERROR', 'INVALID_TRANSACTIONID'],
  close: [...ANY, 'ORDER_NOT_EXIST', 'ORDERPAID', 'ORDER_CLOSED', 'TRADE_ERROR'],
  refund: [...OF_REFUNDS, 'TRADE_ERROR', 'ACCOUNT_ERROR', 'INVALID_TRANSACTIONID'],
  query_refund: [...ANY, 'RESOURCE_NOT_EXISTS'],
  remedy_refund: OF_REFUNDS,
  certificates: [...ANY, 'RESOURCE_NOT_EXISTS'],
  tradebill: OF_BILLS,
  fundflowbill: OF_BILLS,
  download_bill: [],
  pay_notify: [],
  refund_notify: [],
  push: [],
};

/** What a `refuse` of this operation may say. */
export function codesOf(operation: Operation): readonly RefusalCode[] {
  return CODES[operation];
}

/** Makes the error of an errcode. */
export function numberedRefusal(code: NumberedCode): ApiError {
  return new ApiError(Number(code), NUMBERED[code]);
}

export function isNumbered(code: RefusalCode): code is NumberedCode {
  return code in NUMBERED;
}

/** Makes the error of a code; the refund pages alone give 404 for a merchant that does not exist. */
export function refusal(operation: Operation, code: PayCode): PayError {
  const [status, message] = REFUSALS[code];
  const isOfRefunds = operation === 'refund' || operation === 'query_refund' || operation === 'remedy_refund';
  return new PayError(isOfRefunds && code === 'MCH_NOT_EXISTS' ? 404 : status, code, message);
}
