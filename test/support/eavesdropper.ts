import { jest } from '@jest/globals';
import type { Shop } from './shop.js';

/** Everything that is logged from now on, at every level, and whatever goes to the two outputs beside that; until mocks are restored. */
export function eavesdrop(shop: Shop): readonly string[] {
  const heard: string[] = [];
  const listen = (...parts: unknown[]): void => {
    heard.push(
      parts
        .map((part) => (part instanceof Error ? `${part.stack ?? ''} ${JSON.stringify(part)}` : String(part)))
        .join(' '),
    );
  };
  shop.app.useLogger({ log: listen, error: listen, warn: listen, debug: listen, verbose: listen, fatal: listen });
  for (const output of [process.stdout, process.stderr]) {
    jest.spyOn(output, 'write').mockImplementation((text) => {
      listen(text);
      return true;
    });
  }
  return heard;
}
