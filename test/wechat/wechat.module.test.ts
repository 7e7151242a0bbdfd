import { describe, expect, it } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Config, MachineClock } from '#common';
import { LoginClient, NotificationReader, PayClient, WechatModule } from '#wechat';
import { Credentials } from '../../src/wechat/credentials.js';
import { configFor } from './channel.js';

@Global()
@Module({
  providers: [{ provide: Config, useValue: configFor('http://127.0.0.1:1') }, MachineClock],
  exports: [Config, MachineClock],
})
class Common {}

describe('the module', () => {
  it('gives the three doors from the configuration alone', async () => {
    const context = await Test.createTestingModule({ imports: [Common, WechatModule] }).compile();
    for (const door of [LoginClient, PayClient, NotificationReader]) expect(context.get(door)).toBeInstanceOf(door);
    await context.close();
  });

  it.each([
    ['WECHAT_MCH_PRIVATE_KEY_FILE', '/nowhere.pem'],
    ['WECHAT_PAY_PUBLIC_KEY_FILE', '/etc/hostname'],
    ['WECHAT_API_V3_KEY', '好'.repeat(32)],
  ])('does not start with a bad %s and says so', (variable, value) => {
    expect(() => new Credentials(configFor('http://127.0.0.1:1', { [variable]: value }))).toThrow(variable);
  });
});
