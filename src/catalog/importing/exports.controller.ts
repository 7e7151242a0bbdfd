import { Readable } from 'node:stream';
import { Controller, Get, Header, Req, StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Viewers } from '#identity';
import { ExportingService } from './exporting.service.js';
import { staffWithGoods } from './route-callers.js';

/** The door for the catalogue as a file: all of it for the shop, their own goods for a supplier's people. */
@Controller()
export class CatalogueExportsController {
  constructor(
    private readonly viewers: Viewers,
    private readonly exporting: ExportingService,
  ) {}

  @Get('/catalog/export')
  @Header('cache-control', 'no-store')
  async download(@Req() request: FastifyRequest): Promise<StreamableFile> {
    const { supplierId } = await staffWithGoods(this.viewers, request);
    return new StreamableFile(Readable.from(this.exporting.lines(supplierId), { objectMode: false }), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="catalogue.csv"',
    });
  }
}
