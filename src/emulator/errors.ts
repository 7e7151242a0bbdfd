import { newRid } from './ids.js';

/** Where a PARAM_ERROR lies: a JSON pointer, the value found, and what is wrong with it. */
export interface Detail {
  readonly field: string;
  readonly value: unknown;
  readonly issue: string;
  readonly location: 'body' | 'query' | 'header';
}

/** WeChat Pay says no: an HTTP status and `{code, message, detail?}`. */
export class PayError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly detail?: Detail,
  ) {
    super(message);
  }

  toJSON(): unknown {
    return { code: this.code, message: this.message, ...(this.detail ? { detail: this.detail } : {}) };
  }
}

/** The errors of WeChat Pay that more than one place raises. */
export const payErrors = {
  signature: (message: string) => new PayError(401, 'SIGN_ERROR', message),
  invalidRequest: (message: string) => new PayError(400, 'INVALID_REQUEST', message),
  paid: () => new PayError(400, 'ORDERPAID', '该订单已支付'),
  closed: () => new PayError(400, 'ORDER_CLOSED', '订单已关闭'),
  unknownOrder: () => new PayError(404, 'ORDER_NOT_EXIST', '订单不存在'),
  unknownResource: (message: string) => new PayError(404, 'RESOURCE_NOT_EXISTS', message),
  noStatement: () => new PayError(400, 'NO_STATEMENT_EXIST', '请求的账单文件不存在'),
  statementCreating: () => new PayError(400, 'STATEMENT_CREATING', '请求的账单正在生成中'),
  tooFrequent: () => new PayError(429, 'FREQUENCY_LIMITED', '频率限制'),
  system: () => new PayError(500, 'SYSTEM_ERROR', '系统错误'),
};

export const badBody = badParameterIn('body');
export const badQuery = badParameterIn('query');
export const badHeader = badParameterIn('header');

function badParameterIn(location: Detail['location']) {
  return (field: string, value: unknown, issue: string): PayError =>
    new PayError(400, 'PARAM_ERROR', `参数错误：${field} ${issue}`, { field, value, issue, location });
}

/** The mini-program API says no: HTTP 200 all the same, `{errcode, errmsg}`, and an errmsg that ends with a rid. */
export class ApiError extends Error {
  constructor(
    readonly errcode: number,
    message: string,
  ) {
    super(message);
  }

  toJSON(): unknown {
    return { errcode: this.errcode, errmsg: `${this.message} rid: ${newRid()}` };
  }
}

/** The control surface says no: an HTTP status and `{code, message, field?}`. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }

  toJSON(): unknown {
    return { code: this.code, message: this.message, ...(this.field === undefined ? {} : { field: this.field }) };
  }
}

/** Names the field as a caller writes it: `notify.copies`, not `/notify/copies`. */
export function badControl(pointer: string, _value: unknown, issue: string): ControlError {
  const field = pointer.slice(1).replaceAll('/', '.');
  return new ControlError(400, 'BAD_REQUEST', `${field || 'the body'} ${issue}`, field || 'body');
}
