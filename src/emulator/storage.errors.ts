import { newRequestId } from './ids.js';
import type { Excuse } from './misbehaviour.js';

/** How S3 says no, by code: the HTTP status and a message. */
const STATUS = {
  AccessDenied: 403,
  AuthorizationHeaderMalformed: 400,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidPolicyDocument: 400,
  InvalidRequest: 400,
  MalformedPOSTRequest: 400,
  MaxPostPreDataLengthExceeded: 400,
  MethodNotAllowed: 405,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NotImplemented: 501,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
  StorageFull: 507,
  XAmzContentSHA256Mismatch: 400,
} as const;
export type StorageErrorCode = keyof typeof STATUS;

/** The storage says no: an HTTP status and XML. */
export class StorageError extends Error {
  readonly status: number;

  constructor(
    readonly code: StorageErrorCode,
    message: string = code,
  ) {
    super(message);
    this.status = STATUS[code];
  }

  toXml(resource: string): string {
    return xml(
      'Error',
      xml('Code', text(this.code)) +
        xml('Message', text(this.message)) +
        xml('Resource', text(resource)) +
        xml('RequestId', text(newRequestId())),
    );
  }
}

export function xml(element: string, content: string): string {
  return `<${element}>${content}</${element}>`;
}

export function text(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** How the storage refuses because of a fault. */
export const storageExcuse: Excuse = ({ kind }) => {
  if (kind === 'error_500') return new StorageError('InternalError');
  return kind === 'error_429' ? new StorageError('SlowDown') : undefined;
};
