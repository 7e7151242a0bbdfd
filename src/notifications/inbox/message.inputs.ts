import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId } from '#common';
import type { MessageId } from './message.entity.js';

@InputType({ description: 'A message of one’s own.' })
export class MessageReadInput {
  @IsId('message')
  @Field(() => ID, { description: 'Which one.' })
  messageId: MessageId;
}

@InputType({ description: 'How far one has read.' })
export class MessagesReadAllInput {
  @IsId('message')
  @Field(() => ID, {
    description: 'The newest message that was shown; what has come since stays unread.',
  })
  upToMessageId: MessageId;
}
