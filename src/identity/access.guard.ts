import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { type ApiContext, type ApiRequest, RequestError } from '#common';
import { Allow, callerOf, isAllowed, unauthenticated } from './viewer.js';
import { Viewers } from './viewers.js';

/**
 * Lets in whom `@Allow` names, and nobody where it is missing. A token that is sent must be good even where none is needed:
 * a phone whose login has expired should hear of it, not see a stranger's page.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  /** The fields of a query are asked for at once; they share one look at the database. */
  readonly #identified = new WeakMap<ApiRequest, Promise<void>>();

  constructor(
    private readonly viewers: Viewers,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType<string>() !== 'graphql') return true; // Notify routes verify the channel's signature instead.
    const { request } = GqlExecutionContext.create(context).getContext<ApiContext>();
    await this.#identifyOnce(request);

    const allowed = this.reflector.get(Allow, context.getHandler());
    if (allowed === 'ANYONE') return true;
    const caller = callerOf(request);
    if (!caller) throw unauthenticated();
    if (isAllowed(caller, allowed)) return true;
    throw new RequestError('FORBIDDEN', { zh: '您没有权限。', en: 'You may not do this.' });
  }

  #identifyOnce(request: ApiRequest): Promise<void> {
    const known = this.#identified.get(request) ?? this.viewers.identify(request);
    this.#identified.set(request, known);
    return known;
  }
}
