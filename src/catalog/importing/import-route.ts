import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify';

export const CATALOG_IMPORTS_PATH = '/catalog/imports';

/** Lets files of products in as streams, at their own door only; anywhere else CSV is a type that nobody reads. */
export function takeCatalogueFiles(server: FastifyInstance): void {
  server.addContentTypeParser('text/csv', (request, payload, done) => {
    if (request.routeOptions.url === CATALOG_IMPORTS_PATH) done(null, payload);
    else done(noCsv(request));
  });
}

/** For what is not of the type that is read where it was sent. */
export function noCsv({ headers }: FastifyRequest): Error {
  return new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(headers['content-type']);
}
