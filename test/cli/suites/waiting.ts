import { it } from '@jest/globals';

it('waits to be interrupted', async () => {
  process.stderr.write('waiting to be interrupted\n');
  await new Promise(() => undefined);
});
