import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readOptions } from '../../src/emulator/index.js';
import { shop } from './wechat.js';

describe('the environment of the emulator', () => {
  it('names every variable that is missing or wrong', async () => {
    const environment = {
      WECHAT_APP_ID: 'wx1',
      WECHAT_API_V3_KEY: 'short',
      EMULATOR_RETRY_SCALE: 'fast',
      EMULATOR_FAULT_RATE: '2',
    };
    const reading = readOptions(environment);
    for (const name of [
      'WECHAT_APP_SECRET is missing',
      'EMULATOR_PRIVATE_KEY_FILE is missing',
      'S3_SECRET_ACCESS_KEY is missing',
      'EMULATOR_RETRY_SCALE must be',
      'EMULATOR_FAULT_RATE must be from 0 to 1',
      'WECHAT_API_V3_KEY must have exactly 32 characters',
    ]) {
      await expect(reading).rejects.toThrow(name);
    }
    await expect(reading).rejects.not.toThrow('WECHAT_APP_ID');
  });

  it('is enough to start with', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'emulator-'));
    const merchantFile = join(folder, 'merchant.pem');
    const wechatFile = join(folder, 'wechat.pem');
    await writeFile(merchantFile, shop.mchPublicKey);
    await writeFile(wechatFile, shop.privateKey);

    const options = await readOptions({
      WECHAT_APP_ID: shop.appId,
      WECHAT_APP_SECRET: shop.appSecret,
      WECHAT_MCH_ID: shop.mchId,
      WECHAT_MCH_SERIAL_NO: shop.mchSerialNo,
      WECHAT_PAY_PUBLIC_KEY_ID: shop.payPublicKeyId,
      WECHAT_API_V3_KEY: shop.apiV3Key,
      S3_BUCKET: shop.storage.bucket,
      S3_REGION: shop.storage.region,
      S3_ACCESS_KEY_ID: shop.storage.accessKeyId,
      S3_SECRET_ACCESS_KEY: shop.storage.secretAccessKey,
      EMULATOR_MCH_PUBLIC_KEY_FILE: merchantFile,
      EMULATOR_PRIVATE_KEY_FILE: wechatFile,
      EMULATOR_REFUND_SECONDS: '0.5',
      EMULATOR_FAULT_RATE: '0.05',
      EMULATOR_FAULT_SEED: '42',
    });
    expect(options).toMatchObject({
      ...shop,
      port: 0,
      journalFile: '',
      objectsDirectory: '',
      retryScale: 1,
      refundSeconds: 0.5,
      refundGapSeconds: 60,
      refundsPerSecond: 150,
      faultRate: 0.05,
      faultSeed: 42,
    });
    await rm(folder, { recursive: true });
  });
});
