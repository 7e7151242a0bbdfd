import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { CatalogImport } from './catalog-import.entity.js';

@ObjectType({
  implements: () => Refusal,
  description: 'The import is still being judged, has mistakes, or was applied or given up already.',
})
export class CatalogImportNotReady extends Refusal {
  @Field(() => CatalogImport, { description: 'The import as it stands.' })
  readonly catalogImport: CatalogImport;

  constructor(catalogImport: CatalogImport) {
    super({
      zh: '该导入尚未通过检查，或已开始导入、已取消。',
      en: 'This import is not waiting for a decision: look at how it stands.',
    });
    this.catalogImport = catalogImport;
  }
}

export const CatalogImportApplyResult = createUnionType({
  name: 'CatalogImportApplyResult',
  description: 'The import, which is being applied; or why not.',
  types: () => [CatalogImport, CatalogImportNotReady] as const,
});

export const CatalogImportCancelResult = createUnionType({
  name: 'CatalogImportCancelResult',
  description: 'The import, given up; or why not.',
  types: () => [CatalogImport, CatalogImportNotReady] as const,
});
