export const FindingKind = {
  MISSING: 'MISSING',
  EXTRA: 'EXTRA',
  AMOUNT: 'AMOUNT',
  STATE: 'STATE',
  FEE: 'FEE',
} as const;
export type FindingKind = keyof typeof FindingKind;

export const FindingSubject = {
  TRADE: 'TRADE',
  REFUND: 'REFUND',
  FLOW_TRADE: 'FLOW_TRADE',
  FLOW_REFUND: 'FLOW_REFUND',
  FLOW_FEE: 'FLOW_FEE',
  FLOW_OTHER: 'FLOW_OTHER',
  BALANCE: 'BALANCE',
} as const;
export type FindingSubject = keyof typeof FindingSubject;

export const FindingStatus = { OPEN: 'OPEN', RESOLVED: 'RESOLVED', DISSOLVED: 'DISSOLVED' } as const;
export type FindingStatus = keyof typeof FindingStatus;

export const FindingAdvice = {
  CHANNEL_ASKED: 'CHANNEL_ASKED',
  FIND_OWNER: 'FIND_OWNER',
  CLAIM: 'CLAIM',
  COMPARE: 'COMPARE',
  CHECK_RATE: 'CHECK_RATE',
  CHECK_ACCOUNT: 'CHECK_ACCOUNT',
} as const;
export type FindingAdvice = keyof typeof FindingAdvice;
