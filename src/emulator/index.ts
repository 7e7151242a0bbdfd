export { startEmulator, type RunningEmulator } from './server.js';
export { type EmulatorOptions, readOptions } from './options.js';
