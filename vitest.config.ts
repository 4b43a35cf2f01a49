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
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is awaited comes in its own time; a busy machine is not a fault.
    expect: { poll: { timeout: 15_000 } },
  },
})
