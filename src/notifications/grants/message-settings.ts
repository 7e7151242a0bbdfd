import { Field, Int, ObjectType } from '@nestjs/graphql';
import { MessageKind } from '../kinds/message-kind.js';

@ObjectType({ description: 'How one stands to a kind of message.' })
export class MessageKindSetting {
  @Field(() => MessageKind, { description: 'Which kind.' })
  readonly kind: MessageKind;

  @Field(() => Boolean, { description: 'Whether one wants to be sent them.' })
  readonly isOn: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The template to ask for with `wx.requestSubscribeMessage`; null if the shop does not send them.',
  })
  readonly templateId: string | null;

  @Field(() => Int, {
    description: 'How many more can be sent, as far as the shop knows; one more for each time that one says yes.',
  })
  readonly sendsLeft: number;
}

@ObjectType({ description: 'What one is sent into WeChat besides the inbox.' })
export class MessageSettings {
  @Field(() => [MessageKindSetting], { description: 'Every kind there is.' })
  readonly kinds: MessageKindSetting[];

  constructor(kinds: MessageKindSetting[]) {
    this.kinds = kinds;
  }
}
