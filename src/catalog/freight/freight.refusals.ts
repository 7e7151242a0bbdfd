import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { FreightTemplate } from './freight-template.entity.js';

@ObjectType({ implements: () => Refusal, description: 'Somebody else has changed the freight template meanwhile.' })
export class FreightTemplateChanged extends Refusal {
  @Field(() => FreightTemplate, { description: 'The template as it stands.' })
  readonly template: FreightTemplate;

  constructor(template: FreightTemplate) {
    super({
      zh: '该运费模板已被他人修改，请查看最新内容后再改。',
      en: 'Somebody else has changed this freight template meanwhile. Look at it as it stands, then change it again.',
    });
    this.template = template;
  }
}

export const FreightTemplateChangeResult = createUnionType({
  name: 'FreightTemplateChangeResult',
  description: 'The template as it now stands; or why it keeps what it said.',
  types: () => [FreightTemplate, FreightTemplateChanged] as const,
});
