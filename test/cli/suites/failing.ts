import { expect, it } from '@jest/globals';

it('fails', () => {
  expect('what is').toBe('what should be');
});
