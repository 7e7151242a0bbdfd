import { Pool } from 'undici';
import type { Stopwatch } from './statistics.js';

/** A field's answer: the type's name is the code. */
export interface Union {
  readonly __typename: string;
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** The shop's GraphQL API, as a mini-program calls it: JSON by POST over connections that are kept. */
export class ShopApi {
  readonly #pool: Pool;

  constructor(
    url: string,
    connections: number,
    private readonly stopwatch: Stopwatch,
  ) {
    this.#pool = new Pool(url, { connections });
  }

  /**
   * What the one field of an operation answers.
   *
   * @param step the name under which its time is kept
   * @throws Error if the API answers with an error, which is never how the business says no
   */
  ask<Result>(step: string, query: string, variables: object, accessToken?: string): Promise<Result> {
    return this.stopwatch.time(step, async () => {
      const reply = await this.#pool.request({
        method: 'POST',
        path: '/graphql',
        headers: {
          'content-type': 'application/json',
          ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
        },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await reply.body.json()) as Answer;
      const [error] = errors ?? [];
      if (error) throw new Error(`${step}: ${error.extensions?.code ?? 'no code'}: ${error.message}`);
      const [field] = Object.values(data ?? {});
      // The operation says what it asks for; a server that answers something else fails in whoever reads it.
      return field as Result;
    });
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
