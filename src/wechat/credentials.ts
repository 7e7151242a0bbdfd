import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { Config } from '#common';

const API_V3_KEY_BYTES = 32;

/** Who we are to WeChat, and its keys: read once at start, as key objects, which do not print themselves into a log. */
@Injectable()
export class Credentials {
  readonly appId: string;
  readonly mchId: string;
  /** Names our certificate, so that the channel knows which key we signed with. */
  readonly serialNo: string;
  readonly privateKey: KeyObject;
  readonly keyMode: 'public-key' | 'certificate';
  /** The channel's public key, under the name it gives in `Wechatpay-Serial`; null when we know it by certificates alone. */
  readonly channelKey: { readonly id: string; readonly key: KeyObject } | null;
  readonly apiV3Key: KeyObject;

  /** @throws Error naming the variable whose file is missing or holds no RSA key, or whose value is no AES-256 key */
  constructor(config: Config) {
    this.appId = config.WECHAT_APP_ID;
    this.mchId = config.WECHAT_MCH_ID;
    this.serialNo = config.WECHAT_MCH_SERIAL_NO;
    this.privateKey = rsaKey('WECHAT_MCH_PRIVATE_KEY_FILE', config.WECHAT_MCH_PRIVATE_KEY_FILE, createPrivateKey);
    this.keyMode = config.WECHAT_PAY_KEY_MODE;
    this.channelKey = channelKeyOf(config);
    this.apiV3Key = aesKey('WECHAT_API_V3_KEY', config.WECHAT_API_V3_KEY);
  }

  /** The key that the channel is asked to sign its replies with; null leaves the choice among its certificates to it. */
  get requestedKeyId(): string | null {
    return this.keyMode === 'public-key' ? (this.channelKey?.id ?? null) : null;
  }
}

/** Config has seen to it that both are there or neither, and both in public-key mode. */
function channelKeyOf({ WECHAT_PAY_PUBLIC_KEY_ID: id, WECHAT_PAY_PUBLIC_KEY_FILE: file }: Config) {
  if (id === undefined || file === undefined) return null;
  return { id, key: rsaKey('WECHAT_PAY_PUBLIC_KEY_FILE', file, createPublicKey) };
}

/** Config counts characters. A key with others than ASCII would have more bytes and only fail at the first notification. */
function aesKey(variable: string, value: string): KeyObject {
  const bytes = Buffer.from(value, 'utf8');
  if (bytes.length !== API_V3_KEY_BYTES) throw new Error(`${variable}: not ${API_V3_KEY_BYTES} bytes long`);
  return createSecretKey(bytes);
}

function rsaKey(variable: string, file: string, parse: (pem: Buffer) => KeyObject): KeyObject {
  try {
    const key = parse(readFileSync(file));
    if (key.asymmetricKeyType !== 'rsa') throw new Error('not an RSA key');
    return key;
  } catch (cause) {
    throw new Error(`${variable}: no usable RSA key in ${file}`, { cause });
  }
}
