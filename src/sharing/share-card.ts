import { Field, ObjectType } from '@nestjs/graphql';
import { type Currency, type Id, type Language, Minor, shortened } from '#common';
import type { ImageId } from '#media';
import { queryOf } from './scene.rules.js';
import type { ShareSubject, ShareTarget } from './share-target.js';
import { CARD_TITLE_CHARACTERS_MAX } from './sharing.limits.js';

@ObjectType({ description: 'What a chat shows of something that is shared (`onShareAppMessage`).' })
export class ShareCard {
  @Field(() => String, {
    description: `At most ${CARD_TITLE_CHARACTERS_MAX} characters, in the language of the request.`,
  })
  readonly title: string;

  @Field(() => String, { description: 'The page that it opens, with its query and a leading slash.' })
  readonly path: string;

  @Field(() => String, {
    nullable: true,
    description: 'One’s own scene of it, if there is one; it is in the path too.',
  })
  readonly scene: string | null;

  @Field(() => Minor, { nullable: true, description: 'From which price a unit can be had, in minor units.' })
  readonly priceMinor: number | null;

  @Field(() => String, { nullable: true, description: 'ISO 4217 code of the price’s currency.' })
  readonly currency: Currency | null;

  @Field(() => Boolean, { description: 'Whether there is something to buy or to join.' })
  readonly isOpen: boolean;

  /** `image` is resolved by it. */
  readonly imageId: ImageId | null;
}

/** The title of a thing in a language, cut to so many characters. */
export function titleOf({ title }: ShareSubject, language: Language, charactersMax: number): string {
  return shortened(typeof title === 'string' ? title : title[language], charactersMax);
}

/** The card of one thing. */
export function cardOf(
  { page }: Pick<ShareTarget, 'page'>,
  id: Id,
  subject: ShareSubject,
  { scene, language }: { readonly scene: string | null; readonly language: Language },
): ShareCard {
  const { priceMinor, currency, isOpen, imageId } = subject;
  return Object.assign(new ShareCard(), {
    ...{ title: titleOf(subject, language, CARD_TITLE_CHARACTERS_MAX), path: `/${page}?${queryOf(id, scene)}` },
    ...{ scene, priceMinor, currency, isOpen, imageId },
  });
}
