import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';

@ObjectType({ implements: () => Refusal, description: 'Nobody can get out of their own way.' })
export class CannotBlockOneself extends Refusal {
  constructor() {
    super({ zh: '不能屏蔽自己。', en: 'You cannot block yourself.' });
  }
}

@ObjectType({ implements: () => Refusal, description: 'Nobody can block more people than that.' })
export class TooManyBlocks extends Refusal {
  @Field(() => Int, { description: 'How many people one may have blocked at a time.' })
  readonly blocksMax: number;

  constructor(blocksMax: number) {
    super({
      zh: `最多只能屏蔽${blocksMax}人，请先取消屏蔽其他人。`,
      en: `You can block at most ${blocksMax} people. Please unblock somebody first.`,
    });
    this.blocksMax = blocksMax;
  }
}
