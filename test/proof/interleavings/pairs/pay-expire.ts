import { FormingService, TeamsService } from '#teams';
import { goodsOf } from '../ground.js';
import type { Pair } from '../pair.js';

/** The last payment forms the team although its time is over; one that is not the last ends it, as its time would have. */
function payExpire(size: number, name: string, rows: readonly string[]): Pair {
  return {
    name,
    prepare: async (ground) => {
      const [opener, member] = await ground.buyers(2);
      const onSale = await ground.offer({ size });
      const { teamId } = await ground.openPaid(opener!, onSale);
      const { orderId } = await member!.join(teamId);
      await ground.capture(await ground.checkoutOf(orderId));
      const claim = await ground.lease('TeamsWorker.paySeat', orderId);
      return {
        people: { opener: opener!.id, member: member!.id },
        goods: goodsOf(onSale),
        works: [
          () => ground.shop.get(TeamsService).paySeat(orderId, claim),
          async () => {
            await ground.passTime();
            await ground.shop.get(FormingService).advance(teamId);
          },
        ],
      };
    },
    ends: [{ answers: ['nothing', 'nothing'], rows }],
  };
}

export const lastPaymentExpire = payExpire(2, 'the last payment while the team expires', [
  'team of opener FORMED revision 1 live 2 paid 2',
  'seat of opener CONFIRMED 1',
  'seat of member CONFIRMED 1',
]);
export const anyPaymentExpire = payExpire(3, 'a payment that is not the last while the team expires', [
  'team of opener FAILED revision 1 live 2 paid 2',
  'seat of member PAID 1',
  'job teams.refundSeat READY',
]);
