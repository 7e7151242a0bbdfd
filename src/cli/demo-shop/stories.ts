import { type Buyer, BUYERS, type DemoPerson, MANAGER } from './people.js';

/** LEAVES gives up a seat, paid or not; IS_REFUNDED gets all the money back from the manager. */
type Deed = 'JOINS' | 'PAYS' | 'LEAVES' | 'IS_REFUNDED';

export interface Act {
  readonly who: DemoPerson;
  readonly deed: Deed;
}

/** How a team of the demo shop comes about. No other story is told of the same offer. */
export interface Story {
  /** The SKU whose offer it is. */
  readonly skuCode: string;
  readonly opener: DemoPerson;
  /** What happens once the team is open. */
  readonly acts: readonly Act[];
  /** True if the account of who leaves takes no refund, so that it waits for an operator. */
  readonly isRefundStuck?: boolean;
}

const { xiaomei, laowang, achen, tingting, dapeng, guifen } = BUYERS;

/** A team in each state but two: MERGED does not come about yet, and what is PENDING is told by `LAST_STORY`. */
export const STORIES: readonly Story[] = [
  // FORMING, one buyer is missing.
  { skuCode: 'XG-PG-2500', opener: laowang, acts: [pays(laowang), ...joins(xiaomei)] },
  // FORMING, just opened.
  { skuCode: 'XG-WG-2500', opener: tingting, acts: [pays(tingting)] },
  // FORMING, taken over from an opener who has left.
  { skuCode: 'XG-MHT-24', opener: dapeng, acts: [pays(dapeng), ...joins(guifen), ...joins(achen), leaves(dapeng)] },
  // FORMED.
  { skuCode: 'CY-KF-20', opener: xiaomei, acts: [pays(xiaomei), ...joins(tingting)] },
  // FAILED, because everybody has left.
  { skuCode: 'LS-HT-1000', opener: achen, acts: [pays(achen), ...joins(laowang), leaves(achen), leaves(laowang)] },
  // ABORTED, given up unpaid.
  { skuCode: 'JJ-LJD-150', opener: guifen, acts: [leaves(guifen)] },
  // CLOSED, refunded after it had formed.
  {
    skuCode: 'GH-JM-120',
    opener: tingting,
    acts: [pays(tingting), ...joins(guifen), isRefunded(tingting), isRefunded(guifen)],
  },
];

/** FORMING, with a refund in the operators' queue. */
export const REFUND_STORY: Story = {
  skuCode: 'RP-CNN-12',
  opener: xiaomei,
  acts: [pays(xiaomei), ...joins(dapeng), leaves(dapeng)],
  isRefundStuck: true,
};

/** PENDING, and ABORTED once the time to pay is over. That its team is there shows that all the others are. */
export const LAST_STORY: Story = { skuCode: 'LY-DM-5000', opener: MANAGER, acts: [] };

function pays(who: Buyer): Act {
  return { who, deed: 'PAYS' };
}

function joins(who: Buyer): Act[] {
  return [{ who, deed: 'JOINS' }, pays(who)];
}

function leaves(who: Buyer): Act {
  return { who, deed: 'LEAVES' };
}

function isRefunded(who: Buyer): Act {
  return { who, deed: 'IS_REFUNDED' };
}
