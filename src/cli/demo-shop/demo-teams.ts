import { DataSource, type EntityManager } from 'typeorm';
import { Product } from '#catalog';
import { idBytes, Refused } from '#common';
import { PeopleService } from '#identity';
import { Offer, type Team } from '#teams';
import { ChannelError } from '#wechat';
import type { WechatApp } from '../replay/wechat-app.js';
import { DemoPhones, type Services } from './demo-phones.js';
import { MANAGER } from './people.js';
import { StillUnderWay } from './errands.js';
import { LAST_STORY, REFUND_STORY, STORIES, type Story } from './stories.js';
import { sceneOf, Storyteller, StoryWentWrong } from './storyteller.js';

const BY = 'command:seed';

/** Whether the demo shop has all its teams: the last one is opened by the manager, whom nobody but this command appoints. */
export async function hasDemoTeams(db: EntityManager): Promise<boolean> {
  const { offerId } = await sceneOf(db, LAST_STORY);
  const rows = await db.query<unknown[]>(
    `SELECT seat.id FROM seat JOIN user_change ON user_change.user_id = seat.buyer_id
     WHERE seat.offer_id = ? AND changed_by = ? AND user_change.kind = 'ROLE_GRANTED' LIMIT 1`,
    [idBytes(offerId), BY],
  );
  return rows.length > 0;
}

/**
 * Makes the teams of the demo shop, in each state, as real ones come about: people log in, pay, leave and get refunds.
 * One that was cut short goes on where it was.
 *
 * @param say hears of each team, and of each that the shop or WeChat would not let come about
 * @returns whether all of them are there now; else the next call goes on
 */
export async function seedDemoTeams(app: Services, wechat: WechatApp, say: (line: string) => void): Promise<boolean> {
  const db = app.get(DataSource).manager;
  const phones = new DemoPhones(app, wechat);
  const storyteller = new Storyteller(app, wechat, phones);
  const attempt = async (what: string, work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      if (!isNo(error)) throw error;
      say(`${what} is left for the next time: ${error.message}`);
      return false;
    }
  };
  const tell = (story: Story): Promise<boolean> =>
    attempt(`the team of ${story.opener.person} for ${story.skuCode}`, async () => {
      say(await lineOf(db, story, await storyteller.tell(story)));
    });

  const isAppointed = await attempt('the manager', async () => {
    const change = { userId: await phones.idOf(MANAGER), reason: 'runs the demo shop' };
    await app.get(PeopleService, { strict: false }).grant(change, 'OPERATOR', BY);
  });
  if (!isAppointed) return false;
  const told = await allOf(STORIES.map(tell));
  // By itself, or another story's refund would be the one that gets stuck.
  const isRefundTold = await tell(REFUND_STORY);
  return told.every(Boolean) && isRefundTold && (await tell(LAST_STORY));
}

/** Says no for now: the shop by its rules, WeChat because it misbehaves or is told to, or a lease that is not over. */
function isNo(error: unknown): error is Error {
  const noes = [Refused, ChannelError, StoryWentWrong, StillUnderWay];
  return noes.some((no) => error instanceof no);
}

async function lineOf(db: EntityManager, { opener }: Story, team: Team): Promise<string> {
  const { productId } = await db.findOneByOrFail(Offer, { id: team.offerId });
  const { name } = await db.findOneByOrFail(Product, { id: productId });
  const { status, seatsPaid, size, id } = team;
  return `${status.padEnd(7)} ${seatsPaid} of ${size} paid, opened by ${opener.person} (${opener.nickname}): ${name} ${id}`;
}

/** Waits for all, also if one fails, so that nothing goes on behind the caller's back. */
async function allOf<Result>(all: readonly Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(all);
  return Promise.all(all);
}
