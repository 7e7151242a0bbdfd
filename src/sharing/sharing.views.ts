import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Id } from '#common';
import { ShareCard } from './share-card.js';
import { ShareTargetType } from './share-target.js';

/** A kind of artifact that is a link. */
export const ShareLinkKind = { URL_LINK: 'URL_LINK', SCHEME: 'SCHEME', SHORT_LINK: 'SHORT_LINK' } as const;
export type ShareLinkKind = keyof typeof ShareLinkKind;
registerEnumType(ShareLinkKind, {
  name: 'ShareLinkKind',
  description: 'Where a link works.',
  valuesMap: {
    URL_LINK: { description: 'An https address for text messages, mails and web pages outside of WeChat.' },
    SCHEME: { description: 'A `weixin://` address that other apps open.' },
    SHORT_LINK: { description: 'A text that chats inside of WeChat open.' },
  },
});

@ObjectType({ description: 'What is behind a scene.' })
export class SharedTarget {
  @Field(() => ShareTargetType, { description: 'What kind of thing it is.' })
  readonly targetType: ShareTargetType;

  @Field(() => ID, { description: 'Its id, as the query for such things takes it.' })
  readonly targetId: Id;

  @Field(() => String, { description: 'The page that shows it and its query, for `wx.redirectTo`.' })
  readonly path: string;

  @Field(() => Boolean, {
    description: 'Whether there is something to buy or to join; if not, its page says how it stands.',
  })
  readonly isOpen: boolean;
}

@ObjectType('ShareScene', {
  description: 'What one shares, under a scene of one’s own; always the same for one thing.',
})
export class ShareSceneView {
  @Field(() => String, { description: 'The scene: 10 letters and digits, of which case matters.' })
  readonly scene: string;

  @Field(() => ShareCard, { description: 'What a chat shows of it; its path has the scene.' })
  readonly card: ShareCard;
}

@ObjectType({ description: 'A mini-program code: a picture that WeChat’s camera opens as a page. It never expires.' })
export class ShareCode {
  @Field(() => String, { description: 'Where to fetch the picture, a square.' })
  readonly url: string;

  @Field(() => Int, { description: 'How wide it is in pixels: at least as wide as asked.' })
  readonly width: number;

  @Field(() => String, { description: 'The scene that it carries.' })
  readonly scene: string;
}

@ObjectType({ description: 'A link that opens a page of the mini-program.' })
export class ShareLink {
  @Field(() => ShareLinkKind, { description: 'Where it works.' })
  readonly kind: ShareLinkKind;

  @Field(() => String, { description: 'The link itself, to be copied as it is.' })
  readonly url: string;

  @Field(() => Date, { description: 'When it ends; three days before, asking gives a new one.' })
  readonly expiresAt: Date;

  @Field(() => String, { description: 'The scene that it carries.' })
  readonly scene: string;
}
