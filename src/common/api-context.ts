import type { LoaderContext } from './loader.js';

/** What travels with one GraphQL request. */
export interface ApiContext extends LoaderContext {
  /** As the client sent them. Resolvers get them checked, as arguments. */
  readonly variables: Readonly<Record<string, unknown>>;
}
