import { type ASTVisitor, GraphQLError, Kind, type ValidationContext } from 'graphql';

/** Over HTTP there is one answer, so a subscription has no place there. */
export function NoSubscriptionRule(context: ValidationContext): ASTVisitor {
  return onlyOf(context, ['query', 'mutation'], 'A subscription needs a socket.');
}

/** Queries and mutations go over HTTP, where their errors have a status and a lost answer can be asked for again. */
export function OnlySubscriptionRule(context: ValidationContext): ASTVisitor {
  return onlyOf(context, ['subscription'], 'A socket is for subscriptions only.');
}

function onlyOf(context: ValidationContext, kinds: readonly string[], message: string): ASTVisitor {
  return {
    OperationDefinition(operation) {
      if (!kinds.includes(operation.operation)) context.reportError(new GraphQLError(message, { nodes: operation }));
    },
  };
}

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
