import { Column, Entity } from 'typeorm';
import { IdColumn, MinorColumn } from '#common';
import type { RefundId } from '#payments';
import type { LineId } from '../order-line.entity.js';

/** Units of a line whose money a refund gives back. The refund is the one that was promised, also if another number takes its place at the channel. */
@Entity()
export class RefundLine {
  @IdColumn('refund')
  refundId: RefundId;

  @IdColumn('line')
  lineId: LineId;

  @Column({ type: 'int', update: false })
  quantity: number;

  /** How many of them were not shipped, and never will be. */
  @Column({ type: 'int', update: false })
  cancelledQuantity: number;

  @MinorColumn({ update: false })
  amountMinor: number;
}
