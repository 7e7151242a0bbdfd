import { AsyncLocalStorage } from 'node:async_hooks';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Observable } from 'rxjs';
import type { ApiContext, Id } from '#common';
import { callerOf } from '#identity';

/** The request by which an act comes about, as the trail keeps it. */
export type ActingRequest =
  | { readonly mutation: string; readonly session?: Id<'session'>; readonly idempotencyKey?: string }
  | { readonly bulkAct: Id<'bulk'> };

const current = new AsyncLocalStorage<ActingRequest>();

/** The mutation that is being answered, or the bulk act that is being done; null in a command. */
export function actingRequest(): ActingRequest | null {
  return current.getStore() ?? null;
}

/** Does something for a bulk act that was approved; acts on the way are on record as parts of it. */
export function actingFor<Result>(bulkAct: Id<'bulk'>, work: () => Promise<Result>): Promise<Result> {
  return current.run({ bulkAct }, work);
}

/** Lets whatever a mutation does know by which request it does so, without a parameter on each way there. */
@Injectable()
export class ActingRequests implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType<string>() !== 'graphql') return next.handle();
    const graphql = GqlExecutionContext.create(context);
    const { parentType, fieldName } = graphql.getInfo<GraphQLResolveInfo>();
    if (parentType.name !== 'Mutation') return next.handle();
    const session = callerOf(graphql.getContext<ApiContext>().request)?.sessionId;
    const { input } = graphql.getArgs<{ input?: { idempotencyKey?: string } }>();
    const request: ActingRequest = {
      mutation: fieldName,
      ...(session && { session }),
      ...(input?.idempotencyKey !== undefined && { idempotencyKey: input.idempotencyKey }),
    };
    return new Observable((subscriber) => current.run(request, () => next.handle().subscribe(subscriber)));
  }
}
