/** Tests run as ES modules; on Node 20 two dependencies of Fastify that are loaded by `require` must be turned into CommonJS. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^#(.+)$': '<rootDir>/src/$1/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': '@swc/jest',
    '^.+\\.m?js$': ['@swc/jest', { module: { type: 'commonjs' }, swcrc: false, jsc: { target: 'es2022' } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!(.*/node_modules/)?(content-disposition|cookie)/)'],
  // A test waits for the database as often as it computes, so no core is left out.
  maxWorkers: '100%',
  // Modules of files that are over stay in memory (VM modules are not let go), until a worker does nothing but look for room. It is replaced before.
  workerIdleMemoryLimit: '1500MB',
  testTimeout: 60_000,
};
