import { Field, ObjectType } from '@nestjs/graphql';
import type { EntityManager } from 'typeorm';
import type { PersonId } from './personal-data.js';
import { Purpose } from './purposes.js';
import { Refusal } from './refusal.js';

/** Purposes that nobody has to agree to: the shop does without. The others rest on the contract or on the law. */
export type ConsentPurpose = Exclude<Purpose, 'ACCOUNT' | 'ORDERS' | 'SAFETY'>;

@ObjectType({
  implements: () => Refusal,
  description: 'It needs a consent that has not been given, or no longer stands: ask for it with `consentGive`.',
})
export class ConsentMissing extends Refusal {
  @Field(() => Purpose, { description: 'For which purpose.' })
  readonly purpose: ConsentPurpose;

  constructor(purpose: ConsentPurpose) {
    super({ zh: '请先同意相应的个人信息处理说明。', en: 'Please agree to this use of your data first.' });
    this.purpose = purpose;
  }
}

/** To what people have agreed; module `privacy` knows. It is a port so that `identity`, which stands before `privacy`, can ask too. */
export abstract class Consents {
  /** Whether the person agrees at this moment, to the text as it is today. One indexed read. */
  abstract may(db: EntityManager, userId: PersonId, purpose: ConsentPurpose): Promise<boolean>;

  /**
   * For whoever is about to keep something: holds the account until the transaction ends, so that a consent which is taken back at the same
   * moment finds what was kept, and deletes it. Whoever locks the person's row alone does that before.
   *
   * @throws Refused with ConsentMissing; RequestError UNAUTHENTICATED if the account is being erased
   */
  abstract require(db: EntityManager, userId: PersonId, purpose: ConsentPurpose): Promise<void>;
}
