import { Field, Int, ObjectType } from '@nestjs/graphql';
import { type Config } from './config.js';
import { parseFeatures, parseTemplates } from './client-settings.js';
import { PAGE_SIZE_MAX } from './paging.js';

@ObjectType({ description: 'A subscribe message that the shop may send if the person allows it.' })
export class SubscribeTemplate {
  @Field(() => String, { description: 'What it is for, in the shop’s own words, such as `teamFormed`.' })
  name: string;

  @Field(() => String, { description: 'One of the `tmplIds` of `wx.requestSubscribeMessage`.' })
  templateId: string;
}

/** Each module adds the fields of which it owns the values. */
@ObjectType({
  description:
    'What a mini-program must know to start, the same for everybody. It changes with the shop’s settings only, but for the time.',
})
export class ClientConfig {
  @Field(() => String, { description: 'The shop’s time zone by its IANA name: in it days begin and end.' })
  readonly timeZone: string;

  @Field(() => String, {
    nullable: true,
    description: 'The oldest version of the mini-program that the shop supports, `1.2.3`; null if all are.',
  })
  readonly clientVersionMin: string | null;

  @Field(() => [String], {
    description: 'The names of what the shop has switched on; unknown names are for other versions.',
  })
  readonly features: string[];

  @Field(() => [SubscribeTemplate], {
    description: 'Messages that one may allow; none until the shop has registered some.',
  })
  readonly subscribeTemplates: SubscribeTemplate[];

  @Field(() => Int, { description: 'How many items a page may have.' })
  readonly pageSizeMax: number = PAGE_SIZE_MAX;

  constructor({ SHOP_TIME_ZONE, CLIENT_VERSION_MIN, CLIENT_FEATURES, SUBSCRIBE_TEMPLATES }: Config) {
    this.timeZone = SHOP_TIME_ZONE;
    this.clientVersionMin = CLIENT_VERSION_MIN ?? null;
    this.features = parseFeatures(CLIENT_FEATURES);
    this.subscribeTemplates = parseTemplates(SUBSCRIBE_TEMPLATES).map(({ name, templateId }) => ({ name, templateId }));
  }
}
