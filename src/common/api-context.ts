import type { OwnLoaderContext } from './loader.js';

/** What travels with one GraphQL request, or with one event of a subscription. */
export interface ApiContext extends OwnLoaderContext {
  /** As the client sent them. Resolvers get them checked, as arguments. */
  readonly variables: Readonly<Record<string, unknown>>;
}
