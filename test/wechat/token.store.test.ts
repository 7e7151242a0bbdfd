import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChannelError } from '#wechat';
import { startChannel, wechatFor } from './channel.js';

const channel = await startChannel();
let wechat = wechatFor(channel.origin);

/** Answers every request for a token with a new one. */
function issueTokens(expiresInSeconds = 7_200): void {
  channel.answerWith(() => ({
    status: 200,
    body: JSON.stringify({ access_token: `token-${channel.received.length}`, expires_in: expiresInSeconds }),
  }));
}

beforeEach(async () => {
  await wechat.transport.onApplicationShutdown();
  wechat = wechatFor(channel.origin);
  issueTokens();
});

afterAll(async () => {
  await channel.stop();
  await wechat.transport.onApplicationShutdown();
});

describe('the access token', () => {
  it('is asked for in the mode that leaves other processes their token', async () => {
    await wechat.tokens.get();
    expect(channel.received[0]).toMatchObject({ method: 'POST', url: '/cgi-bin/stable_token' });
    expect(JSON.parse(channel.received[0]!.body)).toEqual({
      grant_type: 'client_credential',
      appid: 'wx2421b1c4370ec43b',
      secret: 'a-secret-that-no-message-may-show',
    });
  });

  it('is fetched once for all who wait for it, and kept', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => wechat.tokens.get()));
    expect(new Set(tokens)).toEqual(new Set(['token-1']));
    await expect(wechat.tokens.get()).resolves.toBe('token-1');
    expect(channel.received).toHaveLength(1);
  });

  it('is renewed when less than 300 seconds remain', async () => {
    await wechat.tokens.get();
    wechat.clock.passSeconds(6_899);
    await expect(wechat.tokens.get()).resolves.toBe('token-1');
    wechat.clock.passSeconds(1);
    await expect(wechat.tokens.get()).resolves.toBe('token-2');
  });

  it('is fetched again after a failure, which everybody who waited is told', async () => {
    channel.answerWith({ status: 200, body: '{"errcode":40164,"errmsg":"ip not in whitelist, rid: 6f1c-22"}' });
    const results = await Promise.allSettled([wechat.tokens.get(), wechat.tokens.get()]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(channel.received).toHaveLength(1);

    issueTokens();
    await expect(wechat.tokens.get()).resolves.toBe('token-1');
  });

  it('is forgotten when WeChat rejects it, unless a newer one is already here', async () => {
    await wechat.tokens.get();
    wechat.tokens.invalidate('token-1');
    await expect(wechat.tokens.get()).resolves.toBe('token-2');
    wechat.tokens.invalidate('token-1');
    await expect(wechat.tokens.get()).resolves.toBe('token-2');
  });
});

describe('a call with the token', () => {
  const rejection = (code: string) =>
    new ChannelError({ call: 'POST /wxa/x', httpStatus: 200, requestId: null }, { code, outcome: 'REFUSED' });

  it.each(['40001', '40014', '42001'])('is made once more with a new token after %s', async (code) => {
    const answer = await wechat.tokens.use((token) =>
      token === 'token-1' ? Promise.reject(rejection(code)) : Promise.resolve(`done with ${token}`),
    );
    expect(answer).toBe('done with token-2');
  });

  it('fails when the new token is rejected too', async () => {
    const used: string[] = [];
    const call = wechat.tokens.use((token) => {
      used.push(token);
      return Promise.reject(rejection('40001'));
    });
    await expect(call).rejects.toMatchObject({ code: '40001' });
    expect(used).toEqual(['token-1', 'token-2']);
  });

  it('is not repeated for any other reason', async () => {
    await expect(wechat.tokens.use(() => Promise.reject(rejection('45009')))).rejects.toMatchObject({ code: '45009' });
    expect(channel.received).toHaveLength(1);
  });
});
