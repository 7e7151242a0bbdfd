import { type ASTVisitor, GraphQLError, Kind, type ValidationContext } from 'graphql';

/**
 * A document has one operation. Mercurius compiles a document for the operation that it is asked for first, and would run that one
 * whichever is asked for later.
 */
export function OneOperationRule(context: ValidationContext): ASTVisitor {
  return {
    Document({ definitions }) {
      const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
      if (operations.length <= 1) return;
      context.reportError(new GraphQLError('A document must have one operation only.', { nodes: operations.slice(1) }));
    },
  };
}
