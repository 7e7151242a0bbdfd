import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsBoolean, IsIn, Matches, ValidateNested } from 'class-validator';
import { RepeatableInput } from '#common';
import { MessageKind } from '../kinds/message-kind.js';

/** As many as WeChat shows in one sheet (wechat.md 1.6). */
const TEMPLATES_PER_SHEET = 3;

@InputType({ description: 'What somebody has answered about one template.' })
export class TemplateAnswerInput {
  @Matches(/^[\w-]{1,64}$/, { context: { zh: '必须是模板编号。', en: 'Must be the id of a template.' } })
  @Field(() => String, { description: 'One of the `tmplIds` that were asked for.' })
  templateId: string;

  @IsBoolean()
  @Field(() => Boolean, { description: 'Whether `wx.requestSubscribeMessage` told `accept` for it.' })
  isAccepted: boolean;
}

@InputType({ description: 'What `wx.requestSubscribeMessage` has told.' })
export class MessageGrantsRecordInput extends RepeatableInput {
  @ArrayMinSize(1)
  @ArrayMaxSize(TEMPLATES_PER_SHEET, {
    context: { zh: '一次最多三个模板。', en: 'No more than three templates at once.' },
  })
  @ValidateNested({ each: true })
  @Type(() => TemplateAnswerInput)
  @Field(() => [TemplateAnswerInput], { description: 'By template, 1 to 3.' })
  answers: TemplateAnswerInput[];
}

@InputType({ description: 'Whether one wants to be sent messages of a kind.' })
export class MessageSettingsUpdateInput {
  @IsIn(Object.values(MessageKind))
  @Field(() => MessageKind, { description: 'Which kind.' })
  kind: MessageKind;

  @IsBoolean()
  @Field(() => Boolean, { description: 'Whether they are sent. The inbox has them in any case.' })
  isOn: boolean;
}
