import { registerEnumType } from '@nestjs/graphql';

export const TeamKindName = { PLAIN: 'PLAIN' } as const;
export type TeamKindName = keyof typeof TeamKindName;
registerEnumType(TeamKindName, {
  name: 'TeamKind',
  description: 'By which rules a team plays.',
  valuesMap: { PLAIN: { description: 'It forms when every seat is paid for, all at the same price.' } },
});
