import { DataSource, type EntityManager } from 'typeorm';
import { AuditEntry } from '#audit';
import { Product } from '#catalog';
import { Refused } from '#common';
import { StaffAccountsService, staffRolesSet } from '#identity';
import { Offer, type Team } from '#teams';
import { ChannelError } from '#wechat';
import type { WechatApp } from '../replay/wechat-app.js';
import { DemoPhones, type Services } from './demo-phones.js';
import { BY, DemoManager } from './demo-manager.js';
import { StillUnderWay } from './errands.js';
import { LAST_STORY, REFUND_STORY, STORIES, type Story } from './stories.js';
import { Storyteller, StoryWentWrong } from './storyteller.js';

/** Whether the demo shop has all its teams: only then the manager gets the roles to run it. */
export async function hasDemoTeams(db: EntityManager): Promise<boolean> {
  return db.existsBy(AuditEntry, { kind: staffRolesSet.name, actor: BY });
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
  const manager = new DemoManager(app.get(StaffAccountsService, { strict: false }));
  const storyteller = new Storyteller(app, wechat, phones, manager);
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

  const told = await allOf(STORIES.map(tell));
  // By itself, or another story's refund would be the one that gets stuck.
  const isRefundTold = await tell(REFUND_STORY);
  const isComplete = told.every(Boolean) && isRefundTold && (await tell(LAST_STORY));
  if (isComplete) await manager.putInCharge();
  return isComplete;
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
