import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  createSourceEventStream,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type ValidationRule,
} from 'graphql';
import { CloseCode, type Context, makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import queryDepth from 'mercurius/lib/queryDepth.js';
import { DataSource } from 'typeorm';
import { type ApiContext, BusinessTime, Config, languageOf, MOMENT, RequestError, Vault } from '#common';
import { Viewers } from '#identity';
import { DEPTH_MAX, rulesOf, TOKENS_MAX, VALIDATION } from './documents.js';
import { mapEvents } from './events.js';
import { asGraphqlError, tellAll } from './graphql-errors.js';
import { OnlySubscriptionRule } from './operation.rules.js';
import { checkVariables } from './variables.js';

export const SUBSCRIPTIONS_MAX = 20;

/** Somebody at the other end of a socket. */
export interface SocketCaller {
  readonly ip: string;
  /** What the socket said when it connected, under the names that headers have over HTTP. */
  said: Pick<IncomingHttpHeaders, 'authorization' | 'accept-language'>;
  readonly close: (code: number, reason: string) => void;
}
type SocketContext = Context<Record<string, unknown>, SocketCaller>;
type Loaders = ApiContext['loaders'];

/** What is done with the messages of a socket: the protocol is graphql-transport-ws, the rules are those of HTTP. */
@Injectable()
export class Subscriptions {
  readonly protocol: Server<SocketCaller>;
  readonly #rules: readonly ValidationRule[];
  readonly #loaders = new WeakMap<object, Loaders>();

  constructor(
    private readonly host: GraphQLSchemaHost,
    private readonly viewers: Viewers,
    private readonly source: DataSource,
    private readonly businessTime: BusinessTime,
    private readonly vault: Vault,
    config: Config,
  ) {
    this.#rules = [...specifiedRules, ...rulesOf(config), OnlySubscriptionRule];
    this.protocol = makeServer<Record<string, unknown>, SocketCaller>({
      connectionInitWaitTimeout: config.SOCKET_INIT_SECONDS * 1_000,
      onConnect: (context) => this.#greet(context),
      onSubscribe: (context, _id, payload) => this.#prepare(context, payload),
      subscribe: (args) => this.#subscribe(args),
      onNext: (context, _id, _payload, _args, result) => this.#tellResult(context, result),
      onError: (context, _id, _payload, errors) => this.#tellErrors(context, errors, true),
    });
  }

  /** Whether the socket may stay: a token need not be given, but one that is given must be good. */
  async #greet({ extra: caller, connectionParams = {} }: SocketContext): Promise<boolean> {
    const { authorization, 'accept-language': language } = connectionParams;
    caller.said = {
      // What is no text is no good token either.
      ...(authorization === undefined ? {} : { authorization: typeof authorization === 'string' ? authorization : '' }),
      ...(typeof language === 'string' ? { 'accept-language': language } : {}),
    };
    try {
      await this.viewers.identify(requestOf(caller));
      return true;
    } catch (error) {
      if (error instanceof RequestError) return false;
      throw error;
    }
  }

  #prepare(context: SocketContext, payload: SubscribePayload): ExecutionArgs | GraphQLError[] {
    try {
      if (Object.keys(context.subscriptions).length > SUBSCRIPTIONS_MAX) throw tooMany();
      return this.#argsOf(context.extra, payload);
    } catch (error) {
      return [asGraphqlError(error as Error)];
    }
  }

  /** The same checks, in the same order, as over HTTP. */
  #argsOf(caller: SocketCaller, payload: SubscribePayload): ExecutionArgs | GraphQLError[] {
    const { query, operationName } = payload;
    const { schema } = this.host;
    const variables = payload.variables ?? {};
    const document = parse(query, { maxTokens: TOKENS_MAX });
    const invalid = validate(schema, document, this.#rules, VALIDATION);
    if (invalid.length > 0) return [...invalid];
    const tooDeep = queryDepth(document.definitions, DEPTH_MAX);
    if (tooDeep.length > 0) return tooDeep.map(asGraphqlError);
    const variableValues = checkVariables(schema, document, operationName, variables);
    const contextValue = this.#contextOf(caller, variableValues, new Map());
    return { schema, document, operationName, variableValues, contextValue };
  }

  async #subscribe(args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    const events = await createSourceEventStream(args);
    return Symbol.asyncIterator in events ? mapEvents(events, (event) => this.#resolve(args, event)) : events;
  }

  /** Each event is answered as a request of its own: to whoever the token speaks for by then, and with what the database has by then. */
  async #resolve(args: ExecutionArgs, event: unknown): Promise<ExecutionResult> {
    const { variables, caller } = args.contextValue as CallerContext;
    const contextValue = this.#contextOf(caller, variables, this.#loadersOf(event as object));
    await this.viewers.identify(contextValue.request);
    return execute({ ...args, rootValue: event, contextValue });
  }

  #contextOf(caller: SocketCaller, variables: ApiContext['variables'], loaders: Loaders): CallerContext {
    const request = requestOf(caller);
    const language = languageOf(request.headers['accept-language']);
    return {
      ...{ caller, request, language, variables, loaders, ownLoaders: new Map() },
      ...{ db: this.source.manager, businessTime: this.businessTime, vault: this.vault },
    };
  }

  #loadersOf(event: { readonly [MOMENT]?: object }): Loaders {
    const moment = event[MOMENT] ?? event;
    const loaders = this.#loaders.get(moment) ?? (new Map() as Loaders);
    this.#loaders.set(moment, loaders);
    return loaders;
  }

  #tellResult(context: SocketContext, { data, errors }: ExecutionResult): FormattedExecutionResult | undefined {
    if (!errors) return undefined;
    const told = this.#tellErrors(context, errors, data === undefined);
    return { data: data ?? null, errors: told.map((error) => error.toJSON()) };
  }

  /** A socket whose token is over is closed as one whose token was never good, so that a client has one thing to do: renew it, and connect again. */
  #tellErrors({ extra: caller }: SocketContext, errors: readonly GraphQLError[], isTheEnd: boolean): GraphQLError[] {
    const told = tellAll(errors, languageOf(caller.said['accept-language']));
    if (isTheEnd && told.some(({ code }) => code === 'UNAUTHENTICATED')) caller.close(CloseCode.Forbidden, 'Forbidden');
    return told.map(({ error }) => error);
  }
}

interface CallerContext extends ApiContext {
  readonly caller: SocketCaller;
}

/** Another each time: what is found out about a request is remembered with it. */
function requestOf({ said, ip }: SocketCaller): ApiContext['request'] {
  return { headers: said, ip };
}

function tooMany(): RequestError {
  return new RequestError('TOO_MANY_SUBSCRIPTIONS', {
    zh: `一个连接最多 ${SUBSCRIPTIONS_MAX} 个订阅。`,
    en: `A socket has at most ${SUBSCRIPTIONS_MAX} subscriptions.`,
  });
}
