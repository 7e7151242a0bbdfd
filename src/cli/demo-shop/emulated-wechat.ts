import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, isLoopback } from '#common';
import { WechatApp } from '../replay/wechat-app.js';

const CONNECTIONS = 8;
const PAUSE_MILLISECONDS = 50;

/** Why there is nobody to pay at. */
export class NoEmulator extends Error {}

type Address = Pick<Config, 'NODE_ENV' | 'WECHAT_API_URL' | 'WECHAT_PAY_URL'>;

/**
 * The WeChat that the shop talks to, if that is the emulator, once it answers. A real one is never asked anything.
 *
 * @throws NoEmulator with the reason
 */
export async function emulatedWechat(config: Address, patienceSeconds: number): Promise<WechatApp> {
  const { NODE_ENV, WECHAT_API_URL: url, WECHAT_PAY_URL } = config;
  if (NODE_ENV === 'production') throw new NoEmulator('this is a production environment');
  if (url !== WECHAT_PAY_URL || !isLoopback(url))
    throw new NoEmulator('WECHAT_API_URL and WECHAT_PAY_URL do not name the emulator');
  for (const end = performance.now() + patienceSeconds * 1_000; ;) {
    if (await isEmulator(url)) return new WechatApp(url, CONNECTIONS);
    if (performance.now() > end) throw new NoEmulator(`no emulator answers at ${url}`);
    await sleep(PAUSE_MILLISECONDS);
  }
}

async function isEmulator(url: string): Promise<boolean> {
  try {
    const reply = await fetch(new URL('/emulator/health', url), { signal: AbortSignal.timeout(1_000) });
    return reply.ok && ((await reply.json()) as { status?: unknown }).status === 'ok';
  } catch {
    return false; // Nobody listens yet, or it is something else.
  }
}
