import { readOptions, startEmulator } from './index.js';

const options = await readOptions(process.env);
const emulator = await startEmulator(options);
console.log(`emulator ${emulator.url}`);
if (options.faultRate) console.log(`emulator misbehaves: rate ${options.faultRate}, seed ${options.faultSeed ?? 0}`);

// The first signal closes; a second one finds no handler and kills, as Node does by default.
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void emulator.close());
}
