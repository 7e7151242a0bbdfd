import { UseInterceptors } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type ApiContext, connectionOf, IdPipe, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, type StaffViewer } from '#identity';
import { CatalogImport, type CatalogImportId } from './catalog-import.entity.js';
import { CatalogImportMistake } from './catalog-import-mistake.js';
import { CatalogImportApplyInput, CatalogImportCancelInput } from './import.inputs.js';
import { CatalogImportApplyResult, CatalogImportCancelResult } from './import.refusals.js';
import { type ImportMistake, textsOf } from './import-mistake.js';
import { ImportsService } from './imports.service.js';

const CatalogImportConnection = connectionOf(CatalogImport);
const CatalogImportMistakeConnection = connectionOf(CatalogImportMistake);

@Resolver(() => CatalogImport)
@UseInterceptors(RefusalsAsResults)
export class ImportsResolver {
  constructor(private readonly imports: ImportsService) {}

  @Allow('CATALOG')
  @Query(() => CatalogImportConnection, { description: 'Files of products, newest first. For CATALOG.' })
  catalogImports(@Args() page: PageArgs): Promise<Page<CatalogImport>> {
    return this.imports.page(page);
  }

  @Allow('CATALOG')
  @Query(() => CatalogImport, {
    nullable: true,
    description: 'A file of products and how far it has come; null if there is none with this id. For CATALOG.',
  })
  catalogImport(
    @Args('id', { type: () => ID, description: 'The import’s id.' }, new IdPipe('catalog_import')) id: CatalogImportId,
  ): Promise<CatalogImport | null> {
    return this.imports.one(id);
  }

  @Allow('CATALOG')
  @Query(() => CatalogImportMistakeConnection, {
    description: 'Everything that is wrong with a file of products, in the order of its lines. For CATALOG.',
  })
  catalogImportMistakes(
    @Args('id', { type: () => ID, description: 'The import’s id.' }, new IdPipe('catalog_import')) id: CatalogImportId,
    @Args() page: PageArgs,
  ): Promise<Page<ImportMistake>> {
    return this.imports.mistakes(id, page);
  }

  @Allow('CATALOG')
  @Mutation(() => CatalogImportApplyResult, {
    description: 'Apply a file of products that has no mistake. For CATALOG.',
  })
  catalogImportApply(
    @CurrentStaff() { id }: StaffViewer,
    @Args('input', { description: 'Which one, and why.' }) input: CatalogImportApplyInput,
  ): Promise<CatalogImport> {
    return this.imports.applyOnce(id, input);
  }

  @Allow('CATALOG')
  @Mutation(() => CatalogImportCancelResult, {
    description: 'Give up a file of products that nobody applies yet. For CATALOG.',
  })
  catalogImportCancel(
    @CurrentStaff() { id: by }: StaffViewer,
    @Args('input', { description: 'Which one, and why.' }) { importId, reason }: CatalogImportCancelInput,
  ): Promise<CatalogImport> {
    return this.imports.cancel(importId, { by, reason });
  }
}

@Resolver(() => CatalogImportMistake)
export class ImportMistakesResolver {
  @ResolveField(() => String, { description: 'What is wrong, in the language of the request.' })
  message(@Parent() mistake: ImportMistake, @Context() { language }: ApiContext): string {
    return textsOf(mistake)[language];
  }
}
