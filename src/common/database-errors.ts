import { QueryFailedError } from 'typeorm';

/** The whole transaction is worth another try: deadlock, lock wait timeout, record changed since last read. */
const TRY_AGAIN = new Set([1213, 1205, 1020]);

/** This server will not do it now, another connection may: too many connections, shutdown, read-only (1290, 1836). */
const RECONNECT = new Set([1040, 1053, 1290, 1836]);

/** The connection is gone: the driver's and the operating system's words for it, and the server's (killed, timed out). */
const CONNECTION_LOST = new Set(['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT']);
const KILLED = new Set([1927, 3169, 4031]);

const DUPLICATE_ENTRY = 1062;

interface DriverError {
  readonly errno?: number;
  readonly code?: string;
  readonly fatal?: boolean;
}

function driverError(error: unknown): DriverError {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return typeof cause === 'object' && cause !== null ? cause : {};
}

export function isTryAgain(error: unknown): boolean {
  return TRY_AGAIN.has(driverError(error).errno ?? 0);
}

export function needsNewConnection(error: unknown): boolean {
  return RECONNECT.has(driverError(error).errno ?? 0) || isConnectionLost(error);
}

export function isConnectionLost(error: unknown): boolean {
  const { code = '', errno = 0, fatal } = driverError(error);
  return CONNECTION_LOST.has(code) || KILLED.has(errno) || (fatal === true && !RECONNECT.has(errno));
}

export function isDuplicate(error: unknown): boolean {
  return driverError(error).errno === DUPLICATE_ENTRY;
}
