import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { type ApiContext, type ApiRequest, type Id, RequestError } from '#common';
import type { SessionId } from './session.entity.js';
import type { StaffId } from './staff/staff.entity.js';
import type { StaffRole } from './staff/staff-role.js';
import type { UserId } from './user.entity.js';

/** A buyer who asks, once a token has said who that is and the database that the session still stands. */
export interface Viewer {
  readonly id: UserId;
  readonly sessionId: SessionId;
}

/** One of the staff who asks. The staff buy nothing, so to buyers' fields they are strangers. */
export interface StaffViewer {
  readonly id: StaffId;
  readonly sessionId: SessionId;
  readonly roles: readonly StaffRole[];
  /** Whom the person works for, if it is one of the suppliers. */
  readonly supplierId: Id<'supplier'> | null;
}

/** Whoever asks, of either kind. */
export type Caller = Viewer | StaffViewer;

export function isStaff(caller: Caller): caller is StaffViewer {
  return 'roles' in caller;
}

/** ANYONE needs no login: a shared page opens before `wx.login`. SIGNED_IN is whoever has a session, STAFF all of the staff whatever their role. */
type Allowed = 'ANYONE' | 'SIGNED_IN' | 'BUYER' | 'STAFF' | StaffRole;

/** Who may call a query or mutation, several roles as a list; one without it may be called by nobody. */
export const Allow = Reflector.createDecorator<Allowed | readonly StaffRole[]>();

/** Whether a caller is one of those whom `@Allow` names. */
export function isAllowed(caller: Caller, allowed: Allowed | readonly StaffRole[] | undefined): boolean {
  if (Array.isArray(allowed)) return (allowed as readonly StaffRole[]).some((role) => isAllowed(caller, role));
  if (allowed === 'SIGNED_IN') return true;
  if (!isStaff(caller)) return allowed === 'BUYER';
  return allowed === 'STAFF' || caller.roles.some((role) => role === allowed);
}

const CALLER = Symbol('caller');
type RequestWithCaller = ApiRequest & { [CALLER]?: Caller };

export function rememberCaller(request: ApiRequest, caller: Caller): void {
  (request as RequestWithCaller)[CALLER] = caller;
}

export function callerOf(request: ApiRequest): Caller | null {
  return (request as RequestWithCaller)[CALLER] ?? null;
}

/** The buyer who asks; null for a stranger, and for one of the staff. */
export function viewerOf(request: ApiRequest): Viewer | null {
  const caller = callerOf(request);
  return caller && !isStaff(caller) ? caller : null;
}

function staffOf(request: ApiRequest): StaffViewer | null {
  const caller = callerOf(request);
  return caller && isStaff(caller) ? caller : null;
}

function supplierOf(request: ApiRequest): Id<'supplier'> | null {
  return staffOf(request)?.supplierId ?? null;
}

export function unauthenticated(): RequestError {
  return new RequestError('UNAUTHENTICATED', { zh: '请先登录。', en: 'Please log in first.' });
}

function whoAsks<Who>(find: (request: ApiRequest) => Who | null): (data: unknown, context: ExecutionContext) => Who {
  return (_, context) => {
    const who = find(requestOf(context));
    if (!who) throw unauthenticated();
    return who;
  };
}

/** The signed-in buyer; for fields that `@Allow('BUYER')` protects. */
export const CurrentViewer = createParamDecorator(whoAsks(viewerOf));

/** Who of the staff is signed in; for fields that a role protects. */
export const CurrentStaff = createParamDecorator(whoAsks(staffOf));

/** The supplier that whoever is signed in works for; for fields that `@Allow('SUPPLIER')` protects. */
export const CurrentSupplierId = createParamDecorator(whoAsks(supplierOf));

/** Whoever is signed in; for fields that `@Allow('SIGNED_IN')` protects. */
export const CurrentCaller = createParamDecorator(whoAsks(callerOf));

/** The signed-in buyer, or null; for pages that strangers may see. */
export const MaybeViewer = createParamDecorator((_: unknown, context: ExecutionContext): Viewer | null =>
  viewerOf(requestOf(context)),
);

/** Whoever is signed in, or null. */
export const MaybeCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller | null =>
  callerOf(requestOf(context)),
);

function requestOf(context: ExecutionContext): ApiRequest {
  return GqlExecutionContext.create(context).getContext<ApiContext>().request;
}
