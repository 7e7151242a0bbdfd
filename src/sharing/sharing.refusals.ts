import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { TooManyAttempts } from '#identity';
import { SharedTarget, ShareCode, ShareLink, ShareSceneView } from './sharing.views.js';

@ObjectType({
  implements: () => Refusal,
  description:
    'Nobody shares anything under this scene, or what was shared is not shown any more: open the first page.',
})
export class SceneNotFound extends Refusal {
  constructor() {
    super({
      zh: '该分享已失效，去首页看看别的吧。',
      en: 'There is nothing behind this any more. Have a look at the shop.',
    });
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'There is no such thing, or nothing to buy or to join at the moment.',
})
export class NotShareable extends Refusal {
  constructor() {
    super({ zh: '该内容暂时不能分享。', en: 'This cannot be shared at the moment.' });
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'WeChat makes no code or link right now, or another request is still making this one.',
})
export class ShareTryLater extends Refusal {
  @Field(() => Int, { description: 'After how many seconds it is worth trying again.' })
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super({
      zh: `微信暂时无法生成，请在${retryAfterSeconds}秒后再试。`,
      en: `WeChat cannot make it right now. Please try again in ${retryAfterSeconds} seconds.`,
    });
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

@ObjectType({ implements: () => Refusal, description: 'One has had so many new codes and links made today.' })
export class ShareLimitReached extends Refusal {
  @Field(() => Int, { description: 'How many one may have made in a day; what was made before stays good.' })
  readonly perDay: number;

  @Field(() => Int, { description: 'After how many seconds the next day begins, in China.' })
  readonly retryAfterSeconds: number;

  constructor(perDay: number, retryAfterSeconds: number) {
    super({
      zh: `每天最多生成${perDay}个新的分享码或链接，请明天再试。`,
      en: `You can have at most ${perDay} new codes and links a day. Please try again tomorrow.`,
    });
    this.perDay = perDay;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'The mini-program as it is released cannot have it: no such page, or WeChat does not permit it.',
})
export class ShareNotPossible extends Refusal {
  constructor() {
    super({ zh: '小程序目前不支持这种分享方式。', en: 'The mini-program cannot be shared in this way at present.' });
  }
}

export const SceneResolveResult = createUnionType({
  name: 'SceneResolveResult',
  description: 'What is behind a scene, or why nothing is.',
  types: () => [SharedTarget, SceneNotFound, TooManyAttempts] as const,
});

export const ShareSceneCreateResult = createUnionType({
  name: 'ShareSceneCreateResult',
  description: 'One’s own scene of a thing, or why it cannot be shared.',
  types: () => [ShareSceneView, NotShareable] as const,
});

export const ShareCodeCreateResult = createUnionType({
  name: 'ShareCodeCreateResult',
  description: 'A code, or why there is none.',
  types: () => [ShareCode, NotShareable, ShareTryLater, ShareLimitReached, ShareNotPossible] as const,
});

export const ShareLinkCreateResult = createUnionType({
  name: 'ShareLinkCreateResult',
  description: 'A link, or why there is none.',
  types: () => [ShareLink, NotShareable, ShareTryLater, ShareLimitReached, ShareNotPossible] as const,
});
