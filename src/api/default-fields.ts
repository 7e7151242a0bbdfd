import { type GraphQLInputType, isInputObjectType, isListType, isNonNullType } from 'graphql';

/** A value of the type, checked before, with the defaults of the fields that were left out (GraphQL, October 2021, 3.10). */
export function withDefaultFields(value: unknown, type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return withDefaultFields(value, type.ofType);
  if (isListType(type)) {
    const itemType = type.ofType;
    return Array.isArray(value)
      ? value.map((item: unknown) => withDefaultFields(item, itemType))
      : withDefaultFields(value, itemType);
  }
  if (!isInputObjectType(type) || typeof value !== 'object' || value === null) return value;
  const given = new Map<string, unknown>(Object.entries(value));
  const fields = Object.values(type.getFields()).filter(
    ({ name, defaultValue }) => given.has(name) || defaultValue !== undefined,
  );
  return Object.fromEntries(
    fields.map(({ name, type: fieldType, defaultValue }) => [
      name,
      given.has(name) ? withDefaultFields(given.get(name), fieldType) : defaultValue,
    ]),
  );
}
