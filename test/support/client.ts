import request from 'supertest';

export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly fields?: readonly { path: string; message: string }[];
    readonly traceId?: string;
  };
}

export interface Answer {
  // A test reads whatever it asked for; its expectations are the check.
  readonly data: Record<string, never> | null;
  readonly errors?: readonly GraphqlError[];
}

/** Whoever calls the API over HTTP. */
export class Client {
  constructor(
    protected readonly shopUrl: string,
    public accessToken: string | null,
  ) {}

  /** The whole answer, errors included. */
  async send(query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const authorization = this.accessToken === null ? {} : { authorization: `Bearer ${this.accessToken}` };
    const { body } = await request(this.shopUrl)
      .post('/graphql')
      .set({ ...authorization, ...headers })
      .send({ query, variables });
    return body as Answer;
  }

  /** What a field answers; a GraphQL error fails the test. */
  async ask<Result>(query: string, variables: object = {}): Promise<Result> {
    const { data, errors } = await this.send(query, variables);
    if (errors || !data) throw new Error(`the API answers with errors: ${JSON.stringify(errors)}`);
    const [field] = Object.values(data);
    return field as Result;
  }
}
