import { expect, test } from 'vitest'
import { completeLock } from './complete-lock.mjs'

test('a lock file gains the binaries of platforms that the registry of this machine does not serve', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/fast': {
        version: '2.1.0',
        optionalDependencies: {
          '@fast/darwin-arm64': '2.1.0',
          '@fast/linux-x64-musl': '^2.1.0',
          '@fast/present': '2.1.0',
          '@fast/nested': '2.1.0',
          '@fast/any': '*',
        },
      },
      'node_modules/@fast/present': { version: '2.1.0' },
      'node_modules/fast/node_modules/@fast/nested': { version: '2.1.0' },
    },
  }
  expect(completeLock(lock)).toEqual(['node_modules/@fast/darwin-arm64', 'node_modules/@fast/linux-x64-musl'])
  expect(lock.packages).toMatchObject({
    'node_modules/@fast/darwin-arm64': { version: '2.1.0', os: ['darwin'], cpu: ['arm64'], optional: true },
    'node_modules/@fast/linux-x64-musl': { version: '2.1.0', os: ['linux'], cpu: ['x64'], libc: ['musl'] },
  })
  expect(completeLock(lock)).toEqual([])
})
