import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId, Reason, RepeatableInput } from '#common';
import type { CatalogImportId } from './catalog-import.entity.js';

@InputType({ description: 'An import without a mistake, to be applied.' })
export class CatalogImportApplyInput extends RepeatableInput {
  @IsId('catalog_import')
  @Field(() => ID, { description: 'Which one.' })
  importId: CatalogImportId;

  @Reason()
  reason: string;
}

@InputType({ description: 'An import that is given up.' })
export class CatalogImportCancelInput {
  @IsId('catalog_import')
  @Field(() => ID, { description: 'Which one.' })
  importId: CatalogImportId;

  @Reason()
  reason: string;
}
