import type { Refund, RefundId } from '#payments';

/** The refund that stands for a promised one now: itself, or the last of those that took its place at the channel. */
export function newestOf<Row extends Pick<Refund, 'id' | 'predecessorId'>>(
  refunds: readonly Row[],
  promisedId: RefundId,
): Row | null {
  const successors = new Map(refunds.map((refund) => [refund.predecessorId, refund]));
  let newest = refunds.find(({ id }) => id === promisedId) ?? null;
  for (let next = newest; next; next = successors.get(next.id) ?? null) newest = next;
  return newest;
}
