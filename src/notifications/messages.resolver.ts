import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type ApiContext, type Id, idFromBytes, type Page, PageArgs } from '#common';
import { Allow, CurrentViewer, type Viewer } from '#identity';
import { MessageGrantsRecordInput, MessageSettingsUpdateInput } from './grants/grant.inputs.js';
import { GrantsService } from './grants/grants.service.js';
import { MessageSettings } from './grants/message-settings.js';
import { MessageSettingsService } from './grants/settings.service.js';
import { InboxService } from './inbox/inbox.service.js';
import { Message, MessageConnection } from './inbox/message.entity.js';
import { MessageReadInput, MessagesReadAllInput } from './inbox/message.inputs.js';
import { KINDS } from './kinds/kinds.js';
import { textOf } from './kinds/message.texts.js';
import { titleOf } from './kinds/message.titles.js';

@Resolver(() => Message)
export class MessagesResolver {
  constructor(private readonly inbox: InboxService) {}

  @Allow('BUYER')
  @Query(() => MessageConnection, { description: 'What one was told, newest first. It is kept for 180 days.' })
  messages(
    @CurrentViewer() { id }: Viewer,
    @Args() page: PageArgs,
    @Args('onlyUnread', { type: () => Boolean, nullable: true, description: 'Only what one has not read.' })
    onlyUnread?: boolean | null,
  ): Promise<Page<Message>> {
    return this.inbox.ownedBy(id, page, onlyUnread ?? false);
  }

  @Allow('BUYER')
  @Query(() => Int, { description: 'How many messages one has not read.' })
  messagesUnreadCount(@CurrentViewer() { id }: Viewer): Promise<number> {
    return this.inbox.unreadCount(id);
  }

  @Allow('BUYER')
  @Mutation(() => Message, { description: 'Mark a message as read. Doing it again changes nothing.' })
  messageRead(
    @CurrentViewer() { id }: Viewer,
    @Args('input', { description: 'Which one.' }) { messageId }: MessageReadInput,
  ): Promise<Message> {
    return this.inbox.read(id, messageId);
  }

  @Allow('BUYER')
  @Mutation(() => Boolean, { description: 'Mark everything as read that one was shown. Always true.' })
  async messagesReadAll(
    @CurrentViewer() { id }: Viewer,
    @Args('input', { description: 'Up to which message.' }) { upToMessageId }: MessagesReadAllInput,
  ): Promise<boolean> {
    await this.inbox.readUpTo(id, upToMessageId);
    return true;
  }

  @ResolveField(() => ID, { description: 'Of what it tells: a team, an order or a case, as its kind says.' })
  subjectId(@Parent() { kind, subjectId }: Message): Id {
    return idFromBytes(KINDS[kind].subject, subjectId);
  }

  @ResolveField(() => String, { description: 'What it is called, in the language of the request.' })
  title(@Parent() { kind, params }: Message, @Context() { language }: ApiContext): string {
    return titleOf(kind, params, language);
  }

  @ResolveField(() => String, { description: 'What it says, in the language of the request.' })
  text(@Parent() { kind, params }: Message, @Context() { language }: ApiContext): string {
    return textOf(kind, params, language);
  }
}

@Resolver(() => MessageSettings)
export class MessageSettingsResolver {
  constructor(
    private readonly settings: MessageSettingsService,
    private readonly grants: GrantsService,
  ) {}

  @Allow('BUYER')
  @Query(() => MessageSettings, { description: 'What one is sent into WeChat besides the inbox.' })
  messageSettings(@CurrentViewer() { id }: Viewer): Promise<MessageSettings> {
    return this.settings.all(id);
  }

  @Allow('BUYER')
  @Mutation(() => MessageSettings, {
    description:
      'Tell what one has answered to `wx.requestSubscribeMessage`; each yes lets the shop send one message. Templates that there are no more are passed over.',
  })
  async messageGrantsRecord(
    @CurrentViewer() { id }: Viewer,
    @Args('input', { description: 'What it has told.' }) input: MessageGrantsRecordInput,
  ): Promise<MessageSettings> {
    await this.grants.record(id, input);
    return this.settings.all(id);
  }

  @Allow('BUYER')
  @Mutation(() => MessageSettings, {
    description: 'Switch a kind of message on or off, at once. Doing it again changes nothing.',
  })
  messageSettingsUpdate(
    @CurrentViewer() { id }: Viewer,
    @Args('input', { description: 'Which kind.' }) input: MessageSettingsUpdateInput,
  ): Promise<MessageSettings> {
    return this.settings.update(id, input);
  }
}
