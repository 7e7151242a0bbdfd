import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Language } from '#common';
import { carrierOf } from './carriers.js';

@ObjectType({ description: 'Who brings parcels.' })
export class Carrier {
  @Field(() => ID, { description: 'WeChat’s id of it, such as `SF`.' })
  readonly id: string;

  @Field(() => String, { description: 'What it is called, in the language of the request.' })
  readonly name: string;

  /** One that was taken off the list since is called by its id. */
  constructor(id: string, language: Language) {
    const terms = carrierOf(id);
    this.id = id;
    this.name = (language === 'zh' ? terms?.nameZh : terms?.nameEn) ?? id;
  }
}
