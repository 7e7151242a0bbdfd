import { NoSchemaIntrospectionCustomRule, type ValidationRule } from 'graphql';
import type { Config } from '#common';
import { OneOperationRule } from './operation.rules.js';

/** What bounds a document, whichever door it comes through. */
export const TOKENS_MAX = 2_000;
export const DEPTH_MAX = 12;
/** A suggestion would tell names of the schema to whoever guesses; twenty mistakes are enough to mend a document. */
export const VALIDATION = { hideSuggestions: true, maxErrors: 20 };

/** What a document must keep besides the rules of GraphQL. */
export function rulesOf({ NODE_ENV }: Config): ValidationRule[] {
  return [OneOperationRule, ...(NODE_ENV === 'production' ? [NoSchemaIntrospectionCustomRule] : [])];
}
