import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { emulatedWechat, NoEmulator } from '../../src/cli/demo-shop/emulated-wechat.js';
import { freePort } from '../../src/cli/machine/environment.mjs';
import { type RunningEmulator, readOptions, startEmulator } from '../../src/emulator/index.js';

let emulator: RunningEmulator;
let deserted: string;

beforeAll(async () => {
  emulator = await startEmulator({
    ...(await readOptions(process.env)),
    port: 0,
    journalFile: '',
    objectsDirectory: '',
  });
  deserted = `http://127.0.0.1:${await freePort()}`;
});
afterAll(async () => {
  await emulator.close();
});

it('is the emulator that the shop talks to', async () => {
  const wechat = await emulatedWechat(
    { NODE_ENV: 'development', WECHAT_API_URL: emulator.url, WECHAT_PAY_URL: emulator.url },
    0,
  );
  await expect(wechat.books()).resolves.toMatchObject({ captures: 0 });
  await wechat.close();
});

// prettier-ignore
it.each([
  { what: 'in production, though it be the emulator', environment: 'production', api: () => emulator.url, pay: () => emulator.url, why: /production/ },
  { what: 'if WeChat is the real one', environment: 'development', api: () => 'https://api.weixin.qq.com', pay: () => 'https://api.mch.weixin.qq.com', why: /do not name the emulator/ },
  { what: 'if only payments go to the real one', environment: 'development', api: () => emulator.url, pay: () => 'https://api.mch.weixin.qq.com', why: /do not name the emulator/ },
  { what: 'if it is on another machine', environment: 'development', api: () => 'http://wechat.example', pay: () => 'http://wechat.example', why: /do not name the emulator/ },
  { what: 'if nobody answers', environment: 'development', api: () => deserted, pay: () => deserted, why: /no emulator answers at/ },
] as const)('is nobody $what', async ({ environment, api, pay, why }) => {
  const asked = emulatedWechat({ NODE_ENV: environment, WECHAT_API_URL: api(), WECHAT_PAY_URL: pay() }, 0);
  await expect(asked).rejects.toThrow(NoEmulator);
  await expect(asked).rejects.toThrow(why);
});
