import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { MaxCharacters } from '#common';
import { ShareTargetType } from './share-target.js';
import { CODE_WIDTH, CODE_WIDTH_MAX, CODE_WIDTH_MIN } from './sharing.limits.js';
import { ShareLinkKind } from './sharing.views.js';

const ID_CHARACTERS_MAX = 64;

@InputType({ description: 'A thing to share.' })
export class ShareTargetInput {
  @IsIn(Object.values(ShareTargetType))
  @Field(() => ShareTargetType, { description: 'What kind of thing it is.' })
  targetType: ShareTargetType;

  @IsString()
  @MaxCharacters(ID_CHARACTERS_MAX)
  @Field(() => ID, { description: 'Its id.' })
  targetId: string;
}

@InputType({ description: 'A code of a thing.' })
export class ShareCodeInput extends ShareTargetInput {
  @IsOptional()
  @IsInt()
  @Min(CODE_WIDTH_MIN)
  @Max(CODE_WIDTH_MAX)
  @Field(() => Int, {
    nullable: true,
    description: `How wide it is shown, in pixels, ${CODE_WIDTH_MIN} to ${CODE_WIDTH_MAX}; ${CODE_WIDTH} if nothing is said.`,
  })
  width?: number | null;
}

@InputType({ description: 'A link to a thing.' })
export class ShareLinkInput extends ShareTargetInput {
  @IsIn(Object.values(ShareLinkKind))
  @Field(() => ShareLinkKind, { description: 'Where it is to work.' })
  kind: ShareLinkKind;
}
