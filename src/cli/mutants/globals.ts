/** What rule tests import from `@jest/globals`, from the same packages that Jest takes it from. */
export { jestExpect as expect } from '@jest/expect';
export { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from 'jest-circus';
