import { createUnionType } from '@nestjs/graphql';
import { BulkAct } from '#audit';
import { BatchUnknown } from '#catalog';

export const RecallProposeResult = createUnionType({
  name: 'RecallProposeResult',
  description: 'What another of the staff must approve, with its size and amount; or why there is nothing to recall.',
  types: () => [BulkAct, BatchUnknown] as const,
});
