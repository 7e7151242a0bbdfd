import { randomBytes } from 'node:crypto';
import { base32 } from './base32.js';

/** As many as people keep on a sheet of paper; when they are used up, the account is reset. */
export const RECOVERY_CODES = 10;
/** 80 bits: nobody guesses them, so a fast keyed hash is enough to keep. */
const RECOVERY_BYTES = 10;
const ENROLMENT_BYTES = 20;
const RECOVERY_CODE = /^[A-Z2-7]{16}$/;

export function newEnrolmentCode(): string {
  return inGroups(base32(randomBytes(ENROLMENT_BYTES)));
}

export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => inGroups(base32(randomBytes(RECOVERY_BYTES))));
}

/** A code as it is kept and compared, however it was typed. */
export function plainCode(typed: string): string {
  return typed.replace(/[\s-]/g, '').toUpperCase();
}

/** Whether a plain code has the form of a recovery code. */
export function isRecoveryCode(code: string): boolean {
  return RECOVERY_CODE.test(code);
}

function inGroups(text: string): string {
  return text.replace(/(.{4})(?!$)/g, '$1-');
}
