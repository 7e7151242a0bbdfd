import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, LessThan } from 'typeorm';
import { MachineClock, newId, Vault } from '#common';
import { base32, fromBase32 } from './base32.js';
import { isRecoveryCode, newRecoveryCodes, plainCode } from './staff-codes.js';
import { StaffRecoveryCode } from './staff-recovery-code.entity.js';
import { Staff, STAFF_SEALS, type StaffId } from './staff.entity.js';
import { acceptedStep, TOTP_SECRET_BYTES } from './totp.rules.js';

/** What an account without a second factor is compared with, so that it takes as long. */
const NOBODYS_SECRET = base32(Buffer.alloc(TOTP_SECRET_BYTES));
const NOBODY: StaffId = newId('staff');

/** A code that is good now, until it is used. */
export type Proof = { readonly step: number } | { readonly codeHash: Buffer };

type Owner = Pick<Staff, 'id' | 'totpSecret' | 'totpStep'>;

/** The second factor of the staff: codes of an authenticator, and recovery codes. Each is good once. */
@Injectable()
export class SecondFactor {
  constructor(
    private readonly machine: MachineClock,
    private readonly vault: Vault,
  ) {}

  /**
   * What a plain code proves, or null if it is none of theirs or was used before. It is not used up yet, and whoever asks must hold the lock of the account.
   * The same is done where there is no account, so that the time does not tell.
   */
  async proofOf(db: EntityManager, owner: Owner | null, code: string): Promise<Proof | null> {
    if (isRecoveryCode(code)) return this.#recoveryOf(db, owner?.id ?? NOBODY, code);
    const step = acceptedStep(this.#secretOf(owner), code, this.machine.now(), owner?.totpStep ?? null);
    return step === null || !owner?.totpSecret ? null : { step };
  }

  /** @returns false if it is used up already */
  async use(db: EntityManager, id: StaffId, proof: Proof): Promise<boolean> {
    const { affected } = await ('step' in proof ? useStep(db, id, proof.step) : this.#useCode(db, id, proof.codeHash));
    return affected === 1;
  }

  /** Gives somebody recovery codes in place of all that they had; they are told once, here. */
  async renewRecoveryCodes(db: EntityManager, staffId: StaffId): Promise<string[]> {
    const codes = newRecoveryCodes();
    await this.dropRecoveryCodes(db, staffId);
    await db.insert(
      StaffRecoveryCode,
      codes.map((code) => ({ staffId, codeHash: this.#hashOf(plainCode(code)), usedAt: null })),
    );
    return codes;
  }

  async dropRecoveryCodes(db: EntityManager, staffId: StaffId): Promise<void> {
    await db.delete(StaffRecoveryCode, { staffId });
  }

  async #recoveryOf(db: EntityManager, staffId: StaffId, code: string): Promise<Proof | null> {
    const codeHash = this.#hashOf(code);
    return (await db.existsBy(StaffRecoveryCode, { staffId, codeHash, usedAt: IsNull() })) ? { codeHash } : null;
  }

  #useCode(db: EntityManager, staffId: StaffId, codeHash: Buffer): Promise<{ affected?: number }> {
    const unused = { staffId, codeHash, usedAt: IsNull() };
    return db.update(StaffRecoveryCode, unused, { usedAt: this.machine.now() });
  }

  #hashOf(code: string): Buffer {
    return this.vault.blindIndex(STAFF_SEALS.recoveryCodeHash, code);
  }

  #secretOf(owner: Owner | null): Buffer {
    const sealed = owner?.totpSecret;
    return fromBase32(sealed ? this.vault.open(STAFF_SEALS.totpSecret, owner.id, sealed) : NOBODYS_SECRET);
  }
}

/** A step is used at most once, and none before it any more. */
function useStep(db: EntityManager, id: StaffId, step: number): Promise<{ affected?: number }> {
  const unused = [
    { id, totpStep: IsNull() },
    { id, totpStep: LessThan(step) },
  ];
  return db.createQueryBuilder().update(Staff).set({ totpStep: step }).where(unused).execute();
}
