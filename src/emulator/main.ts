import { readOptions, startEmulator } from './index.js';

const emulator = await startEmulator(await readOptions(process.env));
console.log(`emulator ${emulator.url}`);

// The first signal closes; a second one finds no handler and kills, as Node does by default.
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void emulator.close());
}
