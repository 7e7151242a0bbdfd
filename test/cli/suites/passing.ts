import { expect, it } from '@jest/globals';

it('passes', () => {
  expect(process.env['TEST_DATABASE_URL']).toMatch(/^mysql:/);
});
