import type { TeamKind } from './team-kind.js';

/** 普通团: so many buyers, one price, all or nothing. */
export const plain: TeamKind = {
  mayJoin: () => null,
  isFormed: ({ seatsPaid, size }) => seatsPaid >= size,
  priceOf: ({ priceMinor }) => priceMinor,
  atClose: () => 'FAILED',
};
