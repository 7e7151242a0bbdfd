import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsBoolean, IsInt, Matches, Max, Min, ValidateIf } from 'class-validator';
import { IsId, MaxCharacters, Reason } from '#common';
import type { CategoryId } from './category.entity.js';
import { CATEGORY_NAME_CHARACTERS_MAX, CATEGORY_POSITION_MAX } from './category.limits.js';
import { LEGIBLE } from '../legible.js';

@InputType({ description: 'A new category.' })
export class CategoryAddInput {
  @ValidateIf((_, id: unknown) => id !== null && id !== undefined)
  @IsId('category')
  @Field(() => ID, { nullable: true, description: 'The category that it is a part of; null for the top.' })
  parentId?: CategoryId | null;

  @Matches(...LEGIBLE)
  @MaxCharacters(CATEGORY_NAME_CHARACTERS_MAX)
  @Field(() => String, {
    description: `What it is called in Chinese, at most ${CATEGORY_NAME_CHARACTERS_MAX} characters; no neighbour may have the same name.`,
  })
  nameZh: string;

  @Matches(...LEGIBLE)
  @MaxCharacters(CATEGORY_NAME_CHARACTERS_MAX)
  @Field(() => String, {
    description: `What it is called in English, at most ${CATEGORY_NAME_CHARACTERS_MAX} characters.`,
  })
  nameEn: string;

  @IsInt()
  @Min(0)
  @Max(CATEGORY_POSITION_MAX)
  @Field(() => Int, { description: `Its place among its neighbours, 0 to ${CATEGORY_POSITION_MAX}.` })
  position: number;

  @IsBoolean()
  @Field(() => Boolean, { description: 'Whether buyers are shown it.' })
  isShown: boolean;

  @Reason()
  reason: string;
}

@InputType({ description: 'What a category is to be, all of it.' })
export class CategoryChangeInput extends CategoryAddInput {
  @IsId('category')
  @Field(() => ID, { description: 'Which category.' })
  categoryId: CategoryId;
}

@InputType({ description: 'A category that is not needed any more.' })
export class CategoryRemoveInput {
  @IsId('category')
  @Field(() => ID, { description: 'Which category.' })
  categoryId: CategoryId;

  @Reason()
  reason: string;
}
