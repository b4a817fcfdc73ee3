import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Test files share no mutable state, and one worker per file costs several times the run time.
    pool: 'threads',
    isolate: false,
    // Vitest leaves a core free, which on a machine with two doubles the time.
    maxWorkers: '100%',
    globalSetup: ['./scripts/build-validators.js'],
    testTimeout: process.env['LATTICECTL_DEEP'] === '1' ? 3_600_000 : 30_000,
  },
});
