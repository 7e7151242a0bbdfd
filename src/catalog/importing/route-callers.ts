import type { FastifyRequest } from 'fastify';
import { RequestError } from '#common';
import { type Caller, callerOf, isStaff, type StaffViewer, unauthenticated, type Viewers } from '#identity';
import { mayRun } from '../callers.js';

/**
 * Who of the staff stands behind a request outside GraphQL, and may run the catalogue.
 *
 * @throws RequestError UNAUTHENTICATED or FORBIDDEN
 */
export async function staffOfCatalogue(viewers: Viewers, request: FastifyRequest): Promise<StaffViewer> {
  const caller = await identified(viewers, request);
  if (!isStaff(caller) || !mayRun(caller)) throw forbidden();
  return caller;
}

/**
 * As `staffOfCatalogue`, or whoever works for a supplier.
 *
 * @throws as `staffOfCatalogue`
 */
export async function staffWithGoods(viewers: Viewers, request: FastifyRequest): Promise<StaffViewer> {
  const caller = await identified(viewers, request);
  if (!isStaff(caller) || !(mayRun(caller) || caller.supplierId !== null)) throw forbidden();
  return caller;
}

async function identified(viewers: Viewers, request: FastifyRequest): Promise<Caller> {
  await viewers.identify(request);
  const caller = callerOf(request);
  if (!caller) throw unauthenticated();
  return caller;
}

function forbidden(): RequestError {
  return new RequestError('FORBIDDEN', { zh: '您没有权限。', en: 'You may not do this.' });
}
