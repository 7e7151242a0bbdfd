import { registerEnumType } from '@nestjs/graphql';

export const MessageKind = {
  TEAM_FORMED: 'TEAM_FORMED',
  TEAM_FAILED: 'TEAM_FAILED',
  PARCEL_SHIPPED: 'PARCEL_SHIPPED',
  REFUND_SUCCEEDED: 'REFUND_SUCCEEDED',
  AFTER_SALE_DECIDED: 'AFTER_SALE_DECIDED',
} as const;
export type MessageKind = keyof typeof MessageKind;
registerEnumType(MessageKind, {
  name: 'MessageKind',
  description: 'What a message is about. None of them is advertising.',
  valuesMap: {
    TEAM_FORMED: { description: 'A team that one is in has formed; its subject is the team.' },
    TEAM_FAILED: { description: 'A team that one was in did not fill in time; its subject is the team.' },
    PARCEL_SHIPPED: { description: 'A parcel was handed to its carrier; its subject is the order.' },
    REFUND_SUCCEEDED: { description: 'Money has come back; its subject is the order.' },
    AFTER_SALE_DECIDED: { description: 'What one has asked back was approved or refused; its subject is the case.' },
  },
});

/** What a message tells, as it was when it happened: enough for its texts in any language, and nothing that leads to somebody. */
export interface MessageParams {
  /** What it was about, as it was called when it was bought. */
  readonly title: string;
  /** When it happened, ISO 8601. */
  readonly at: string;
  readonly amountMinor?: number;
  /** How many buyers make the team. */
  readonly size?: number;
  /** WeChat's id of the carrier. */
  readonly carrier?: string;
  readonly isApproved?: boolean;
}
