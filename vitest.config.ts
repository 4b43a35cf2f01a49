import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': path.resolve(import.meta.dirname) } },
  test: {
    include: ['{lib,sdk,simulators,examples,scripts,bench,test,components}/**/*.test.{ts,tsx}'],
    globalSetup: './test/postgres.ts',
    setupFiles: ['./test/worker-database.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // What is awaited comes in its own time; a busy machine is not a fault. Only what hangs comes to these ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
})
