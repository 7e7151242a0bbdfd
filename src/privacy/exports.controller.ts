import { Readable } from 'node:stream';
import { Controller, Get, Header, Req, StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { unauthenticated, viewerOf, Viewers } from '#identity';
import { ExportsService } from './exports.service.js';

/** The door of `wx.downloadFile`, which can only GET, with headers of its own. */
@Controller()
export class ExportsController {
  constructor(
    private readonly viewers: Viewers,
    private readonly exports: ExportsService,
  ) {}

  @Get('/privacy/export')
  @Header('cache-control', 'no-store')
  async download(@Req() request: FastifyRequest): Promise<StreamableFile> {
    await this.viewers.identify(request);
    const viewer = viewerOf(request);
    if (!viewer) throw unauthenticated();
    const document = await this.exports.begin(viewer);
    return new StreamableFile(Readable.from(document, { objectMode: false }), {
      type: 'application/json; charset=utf-8',
      disposition: 'attachment; filename="personal-data.json"',
    });
  }
}
