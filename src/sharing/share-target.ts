import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { registerEnumType } from '@nestjs/graphql';
import type { EntityManager } from 'typeorm';
import type { Currency, Id, Texts } from '#common';
import type { ImageId } from '#media';

/** A name for each kind of thing; what is behind it is a `ShareTarget` that its module registers. */
export const ShareTargetType = { PRODUCT: 'PRODUCT', TEAM: 'TEAM' } as const;
export type ShareTargetType = keyof typeof ShareTargetType;
registerEnumType(ShareTargetType, {
  name: 'ShareTargetType',
  description: 'What can be shared. Newer versions may know more.',
  valuesMap: {
    PRODUCT: { description: 'A product.' },
    TEAM: { description: 'A team that others may join.' },
  },
});

/** What a card says of a thing, to anybody. */
export interface ShareSubject {
  /** As it is in both languages, or in each. */
  readonly title: string | Texts;
  /** A READY picture; null if there is none. */
  readonly imageId: ImageId | null;
  /** The lowest price, in minor units; null if there is none. */
  readonly priceMinor: number | null;
  readonly currency: Currency | null;
  /** Whether there is something to buy or to join, so that it may be shared anew. */
  readonly isOpen: boolean;
}

/** Every kind of thing that can be shared, in no promised order. */
@Injectable()
export class ShareTargets {
  readonly #all: ShareTarget[] = [];

  register(target: ShareTarget): void {
    this.#all.push(target);
  }

  of(type: string): ShareTarget {
    const target = this.#all.find((each) => each.type === type);
    assert(target, `nothing is registered for ${type}`);
    return target;
  }
}

/** One kind of thing that can be shared. Its module has one, and needs no more than to provide it. */
@Injectable()
export abstract class ShareTarget {
  abstract readonly type: ShareTargetType;
  /** What stands before the ids of such things. */
  abstract readonly idPrefix: string;
  /** The page of the mini-program that shows one, without a leading slash; docs/API.md tells the front end. */
  abstract readonly page: string;

  constructor(targets: ShareTargets) {
    targets.register(this);
  }

  /** What there is to say of each, in the order of the ids and in one statement; null for what does not exist, or is not shown to strangers. */
  abstract describe(db: EntityManager, ids: readonly Id[]): Promise<(ShareSubject | null)[]>;
}
