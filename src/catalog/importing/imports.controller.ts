import { Readable } from 'node:stream';
import { Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Viewers } from '#identity';
import type { CatalogImport } from './catalog-import.entity.js';
import { CATALOG_IMPORTS_PATH, noCsv } from './import-route.js';
import { staffOfCatalogue } from './route-callers.js';
import { StagingService } from './staging.service.js';

/** The door for files of products, which are too large for GraphQL. */
@Controller()
export class ImportsController {
  constructor(
    private readonly viewers: Viewers,
    private readonly staging: StagingService,
  ) {}

  /** Takes a file as it comes in; what is wrong with it is told by `catalogImportMistakes`. */
  @Post(CATALOG_IMPORTS_PATH)
  @HttpCode(201)
  async upload(
    @Req() request: FastifyRequest,
    @Query('makeMissing') makeMissing?: string,
  ): Promise<Pick<CatalogImport, 'id' | 'status'>> {
    const { id: by } = await staffOfCatalogue(this.viewers, request);
    const file = request.body;
    if (!(file instanceof Readable)) throw noCsv(request);
    // Who still sends hears the answer only if the rest is read.
    const bytes = file.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Uint8Array>;
    const { id, status } = await this.staging.stage(bytes, { by, makesMissing: makeMissing === 'true' });
    file.resume();
    return { id, status };
  }
}
