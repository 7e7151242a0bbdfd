import { type Account, transfer, type Transfer, type TransferSource } from '#ledger';
import type { RefundId } from '#payments';
import type { Order } from '../order.entity.js';
import type { Split } from './split.rules.js';

type Settling = Pick<Order, 'id' | 'supplierId' | 'currency'>;
/** Who gets the shares of a split, in their order. */
type Sharing = readonly { readonly account: Account }[];

/** An order's escrow to those who earned it. */
export function earned(order: Settling, sharing: Sharing, parts: Split): Transfer[] {
  const codes = { commission: 'COMMISSION', share: 'SHARE', supplier: 'SETTLEMENT' } as const;
  return partsOf(order, sharing, parts, codes).map(({ account, code, minor, part }) =>
    transfer(`order:${order.id}`, account, { amountMinor: minor, currency: order.currency }, code, {
      ...{ type: 'order', id: order.id },
      ...part,
    }),
  );
}

/** The way back, from those who earned it into the order's escrow, for a refund. */
export function returned(order: Settling, refundId: RefundId, sharing: Sharing, parts: Split): Transfer[] {
  const codes = { commission: 'COMMISSION_RETURN', share: 'SHARE_RETURN', supplier: 'SETTLEMENT_RETURN' } as const;
  return partsOf(order, sharing, parts, codes).map(({ account, code, minor, part }) =>
    transfer(account, `order:${order.id}`, { amountMinor: minor, currency: order.currency }, code, {
      ...{ type: 'refund', id: refundId },
      ...part,
    }),
  );
}

interface Part {
  readonly account: Account;
  readonly code: Transfer['code'];
  readonly minor: number;
  readonly part?: Pick<TransferSource, 'part'>;
}

/** Who gets something gets a transfer. */
function partsOf(
  { supplierId }: Settling,
  sharing: Sharing,
  { commissionMinor, sharesMinor, supplierMinor }: Split,
  codes: Record<'commission' | 'share' | 'supplier', Transfer['code']>,
): Part[] {
  const parts: Part[] = [
    { account: 'platform:revenue', code: codes.commission, minor: commissionMinor },
    ...sharing.map(({ account }, nth) => ({
      ...{ account, code: codes.share, minor: sharesMinor[nth] ?? 0 },
      part: { part: nth + 1 },
    })),
    { account: `supplier:${supplierId}:payable`, code: codes.supplier, minor: supplierMinor },
  ];
  return parts.filter(({ minor }) => minor > 0);
}
