import { createHmac, timingSafeEqual } from 'node:crypto';

/** What authenticator apps take for granted (RFC 6238 4.1 and 5.2): SHA-1, six digits, thirty seconds. */
export const TOTP_STEP_SECONDS = 30;
const DIGITS = 6;
/** A phone's clock may be off, and typing takes time: one step either way (RFC 6238 5.2). */
const DRIFT_STEPS = 1;
/** RFC 4226 4, R6. */
export const TOTP_SECRET_BYTES = 20;
const CODE = new RegExp(`^\\d{${DIGITS}}$`);

export function isTotpCode(text: string): boolean {
  return CODE.test(text);
}

/** The time step at an instant: whole half minutes since 1970 (RFC 6238 4.2). */
export function totpStepAt(now: Date): number {
  return Math.floor(now.getTime() / 1_000 / TOTP_STEP_SECONDS);
}

/** The code of a time step: six digits (RFC 4226 5.3). */
export function totpCode(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/**
 * The step whose code this is, or null if it is none that counts at `now`.
 *
 * @param lastStep the last step that was accepted: it and all before are used up
 */
export function acceptedStep(secret: Buffer, code: string, now: Date, lastStep: number | null): number | null {
  const current = totpStepAt(now);
  let accepted: number | null = null;
  for (let step = current - DRIFT_STEPS; step <= current + DRIFT_STEPS; step += 1) {
    // All of them are compared, so that the time tells nothing.
    const isCode = isTotpCode(code) && timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(code));
    if (isCode && step > (lastStep ?? -1)) accepted = step;
  }
  return accepted;
}

/** What an authenticator reads from a QR code: the issuer, whose account, and the secret; all else is the default. */
export function otpauthUri(issuer: string, account: string, secret: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}
