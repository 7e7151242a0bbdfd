/** What we use of libraries that come without types. */

declare module 'mercurius/lib/queryDepth.js' {
  import type { DefinitionNode } from 'graphql';

  /** The errors of operations that are deeper than the limit; fragments may be unknown or go in circles. */
  export default function queryDepth(definitions: readonly DefinitionNode[], depthMax: number): Error[];
}
