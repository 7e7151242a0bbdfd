import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import { Misbehaviour } from './misbehaviour.js';
import { StorageError, storageExcuse } from './storage.errors.js';
import { readForm } from './storage.form.js';
import { listOnWire, type ListQuery } from './storage.listing.js';
import type { StoredObject } from './storage.objects.js';
import { checkPolicy } from './storage.policy.js';
import { checkSignedUrl, isSignedUrl } from './storage.signed-url.js';
import { checkSignature } from './storage.signature.js';
import type { World } from './world.js';

const BODY_BYTES_MAX = 33_554_432;
/** Strangers may read under this, as the policy of the shop's bucket says. */
const PUBLIC = /^images\//;

interface Address {
  readonly Params: { readonly bucket: string; readonly '*'?: string };
  readonly Querystring: ListQuery & { readonly 'list-type'?: string };
}
type Request = FastifyRequest<Address>;

/**
 * An object storage as S3 has it, with one bucket, addressed by path: PUT, GET, HEAD, DELETE and ListObjectsV2 with signed headers,
 * and POST of a form with a signed policy. Mounted at `/storage`.
 */
export function storageSurface({ settings, objects, faults }: World): FastifyPluginCallback {
  const { storage } = settings;
  return (server, _options, done) => {
    const misbehaviour = new Misbehaviour(faults, storageExcuse);
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX }, (_request, body, parsed) => {
      parsed(null, body);
    });

    server.addHook<Address>('preHandler', (request, _reply, next) => {
      if (request.params.bucket !== storage.bucket) throw new StorageError('NoSuchBucket');
      if (isSignedUrl(request)) checkSignedUrl(request, storage);
      else if (!isForAnybody(request)) checkSignature(request, storage);
      next();
    });

    server.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
      const answer = storageErrorOf(error);
      if (answer.code === 'InternalError' && answer !== error) request.log.error(error);
      return reply.code(answer.status).type('application/xml').send(answer.toXml(request.url));
    });

    server.setNotFoundHandler(() => {
      throw new StorageError('MethodNotAllowed');
    });

    server.post<Address>('/:bucket', misbehaviour.of('post_object'), async ({ headers, body, params }, reply) => {
      const form = await readForm(headers, bytesOf(body));
      checkPolicy(form, params.bucket, storage);
      const { etag } = await objects.put({
        key: form.fields.get('key') ?? '',
        contentType: form.fields.get('content-type') ?? 'binary/octet-stream',
        cacheControl: form.fields.get('cache-control') ?? null,
        body: form.file,
      });
      return reply.code(204).header('etag', etag).send();
    });

    for (const bucketItself of ['/:bucket', '/:bucket/']) {
      server.get<Address>(bucketItself, misbehaviour.of('list_objects'), ({ query, params }, reply) => {
        if (query['list-type'] !== '2') throw new StorageError('NotImplemented', 'Only ListObjectsV2');
        return reply.type('application/xml').send(listOnWire(params.bucket, objects.list(query.prefix ?? ''), query));
      });
    }

    server.put<Address>('/:bucket/*', misbehaviour.of('put_object'), async (request, reply) => {
      const { etag } = await objects.put({
        key: keyOf(request),
        contentType: request.headers['content-type'] ?? 'binary/octet-stream',
        cacheControl: request.headers['cache-control'] ?? null,
        body: bytesOf(request.body),
      });
      return reply.header('etag', etag).send();
    });

    server.get<Address>('/:bucket/*', misbehaviour.of('get_object'), (request, reply) => {
      const object = objects.get(keyOf(request));
      if (!object) throw new StorageError('NoSuchKey');
      return served(object, reply);
    });

    server.delete<Address>('/:bucket/*', misbehaviour.of('delete_object'), async (request, reply) => {
      await objects.remove(keyOf(request));
      return reply.code(204).send();
    });
    done();
  };
}

/** A form brings its own permission, and what is public may be read by anybody; whoever shows a key must show a right one. */
function isForAnybody(request: Request): boolean {
  if (request.method === 'POST') return true;
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  return isReading && request.headers.authorization === undefined && PUBLIC.test(keyOf(request));
}

function served(
  { body, contentType, cacheControl, etag, modifiedAtMs }: StoredObject,
  reply: FastifyReply,
): FastifyReply {
  if (cacheControl !== null) reply.header('cache-control', cacheControl);
  return reply
    .headers({ 'content-type': contentType, etag, 'last-modified': new Date(modifiedAtMs).toUTCString() })
    .send(body);
}

function keyOf({ params }: Request): string {
  return params['*'] ?? '';
}

function bytesOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/** What Fastify refuses by itself is too large, or no request; the rest is our bug. */
function storageErrorOf(error: Error & { statusCode?: number }): StorageError {
  if (error instanceof StorageError) return error;
  if (error.statusCode === 413) return new StorageError('EntityTooLarge');
  return (error.statusCode ?? 500) < 500
    ? new StorageError('InvalidRequest', error.message)
    : new StorageError('InternalError');
}
