import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { type ApiContext, type ApiRequest, RequestError } from '#common';
import type { Role } from './role.js';
import type { SessionId } from './session.entity.js';
import type { UserId } from './user.entity.js';

/** Whoever asks, once a token has said who that is and the database that the session still stands. */
export interface Viewer {
  readonly id: UserId;
  readonly sessionId: SessionId;
  readonly roles: readonly Role[];
}

/** Who may call a query or mutation; one without it may be called by nobody. `ANYONE` needs no login: a shared page opens before `wx.login`. */
export const Allow = Reflector.createDecorator<'ANYONE' | Role>();

const VIEWER = Symbol('viewer');
type RequestWithViewer = ApiRequest & { [VIEWER]?: Viewer };

export function rememberViewer(request: ApiRequest, viewer: Viewer): void {
  (request as RequestWithViewer)[VIEWER] = viewer;
}

export function viewerOf(request: ApiRequest): Viewer | null {
  return (request as RequestWithViewer)[VIEWER] ?? null;
}

export function unauthenticated(): RequestError {
  return new RequestError('UNAUTHENTICATED', { zh: '请先登录。', en: 'Please log in first.' });
}

/** The signed-in person; for fields that `@Allow('BUYER')` protects. */
export const CurrentViewer = createParamDecorator((_: unknown, context: ExecutionContext): Viewer => {
  const viewer = viewerOf(GqlExecutionContext.create(context).getContext<ApiContext>().request);
  if (!viewer) throw unauthenticated();
  return viewer;
});

/** The signed-in person, or null; for pages that strangers may see. */
export const MaybeViewer = createParamDecorator((_: unknown, context: ExecutionContext): Viewer | null =>
  viewerOf(GqlExecutionContext.create(context).getContext<ApiContext>().request),
);
