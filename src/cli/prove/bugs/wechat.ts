import type { SeededBug } from '../bug.js';

const CRYPTO = 'src/wechat/crypto.ts';

export const WECHAT: readonly SeededBug[] = [
  {
    name: 'what claims to come from the channel is believed without looking at its signature',
    file: CRYPTO,
    search: "if (!isSignatureOf(key, signed, signature)) throw new SignatureRejected('MISMATCH');",
    replace: '',
    caughtBy: {
      file: 'test/payments/payments.test.ts',
      test: 'with a forged signature is refused and changes nothing',
    },
  },
  {
    name: 'a notification that was recorded long ago can be played again',
    file: CRYPTO,
    search: "if (!isFresh) throw new SignatureRejected('STALE');",
    replace: '',
    caughtBy: { file: 'test/wechat/crypto.test.ts', test: 'verifying a signature of a signature' },
  },
];
