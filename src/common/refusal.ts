import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  IntrinsicException,
  type NestInterceptor,
} from '@nestjs/common';
import { Field, GqlExecutionContext, InterfaceType } from '@nestjs/graphql';
import { getNamedType, type GraphQLResolveInfo, isAbstractType, isObjectType } from 'graphql';
import { catchError, of, type Observable } from 'rxjs';
import type { ApiContext } from './api-context.js';
import type { Language, Texts } from './language.js';

/** The business says no. The type's name is the code; the message is for people. */
@InterfaceType({
  description: 'A no that the business gives on purpose. The type name is the code, the message is for people.',
  resolveType: (value: object) => value.constructor.name,
})
export abstract class Refusal {
  @Field(() => String, { description: 'Why not, and what to do instead, in the language of the request.' })
  message: string;

  readonly #texts: Texts;

  constructor(texts: Texts) {
    this.#texts = texts;
    this.message = texts.zh;
  }

  speak(language: Language): this {
    this.message = this.#texts[language];
    return this;
  }
}

/** Carries a refusal out of a transaction, which rolls back: a refused attempt leaves nothing behind and may be repeated. */
export class Refused extends IntrinsicException {
  override readonly name = 'Refused';

  constructor(readonly refusal: Refusal) {
    super(`${refusal.constructor.name}: ${refusal.message}`);
  }
}

export function refuse(refusal: Refusal): never {
  throw new Refused(refusal);
}

/** The answer, unless it is a refusal. */
export function orRefuse<Answer>(answer: Answer | Refusal): Answer {
  if (answer instanceof Refusal) refuse(answer);
  return answer;
}

/**
 * Turns a thrown refusal into a member of the mutation's result union. One that is no member is a fault of ours and stays an error: a compiled
 * query that comes upon a type it does not know throws where nobody hears it, and never answers.
 */
@Injectable()
export class RefusalsAsResults implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const graphql = GqlExecutionContext.create(context);
    return next.handle().pipe(
      catchError((error: unknown) => {
        if (!(error instanceof Refused) || !isResult(error.refusal, graphql.getInfo<GraphQLResolveInfo>())) throw error;
        return of(error.refusal.speak(graphql.getContext<ApiContext>().language));
      }),
    );
  }
}

function isResult(
  refusal: Refusal,
  { returnType, schema }: Pick<GraphQLResolveInfo, 'returnType' | 'schema'>,
): boolean {
  const results = getNamedType(returnType);
  const type = schema.getType(refusal.constructor.name);
  return isAbstractType(results) && isObjectType(type) && schema.isSubType(results, type);
}
