/**
 * node scripts/complete-lock.mjs [--check]
 *
 * A registry mirror may serve only the binaries of its own platform; npm then leaves the others out of package-lock.json, and
 * `npm ci` refuses the file on every other machine. This adds the optional packages that are named but absent, by version.
 * With --check it changes nothing and exits with 1 when there is something to add.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** What a package's name tells of where it runs; the first match of each list counts. */
const PLATFORMS = {
  os: {
    darwin: /darwin|macos/,
    win32: /win32|windows/,
    android: /android/,
    freebsd: /freebsd/,
    openbsd: /openbsd/,
    netbsd: /netbsd/,
    openharmony: /openharmony/,
    sunos: /sunos/,
    aix: /aix/,
    linux: /linux/,
  },
  cpu: {
    wasm32: /wasm32/,
    arm64: /arm64|aarch64/,
    arm: /arm/,
    ia32: /ia32|i?[36]86/,
    ppc64: /ppc64/,
    s390x: /s390x/,
    riscv64: /riscv64/,
    loong64: /loong64/,
    mips64el: /mips64/,
    x64: /x64|x86_64|amd64/,
  },
  libc: { musl: /musl/, glibc: /gnu|glibc/ },
}

/** One exact version, which alone can be looked up without asking a registry; a range of the least version counts as that version. */
const VERSION = /^[~^]?(\d+\.\d+\.\d+\S*)$/

/**
 * @param {{ packages: Record<string, Record<string, unknown>> }} lock a parsed package-lock.json; completed in place
 * @returns {string[]} the places added, such as node_modules/@scope/name-darwin-arm64
 */
export function completeLock(lock) {
  const { packages } = lock
  const added = []
  for (const [place, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isFound(packages, place, name)) continue
      const version = VERSION.exec(range)?.[1]
      if (!version) continue
      const newPlace = `node_modules/${name}`
      packages[newPlace] = { version, ...platformOf(name), optional: true, ...(entry.dev ? { dev: true } : {}) }
      added.push(newPlace)
    }
  }
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)))
  return added
}

/** Node's rule: beside the package that asks, else in each node_modules above it. */
function isFound(packages, place, name) {
  const parts = place.split('/node_modules/')
  const above = parts.map(
    (_, index) => `${parts.slice(0, parts.length - index).join('/node_modules/')}/node_modules/${name}`,
  )
  return [...above, `node_modules/${name}`].some((candidate) => candidate in packages)
}

function platformOf(name) {
  return Object.fromEntries(
    Object.entries(PLATFORMS).flatMap(([kind, patterns]) => {
      const found = Object.keys(patterns).find((value) => patterns[value].test(name))
      return found ? [[kind, [found]]] : []
    }),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../package-lock.json')
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const added = completeLock(lock)
  if (process.argv.includes('--check')) {
    if (added.length > 0) {
      console.error(
        `package-lock.json lacks ${added.length} packages of other platforms, such as ${added[0]}. Run npm run lock:complete, then npm install, until nothing is added.`,
      )
      process.exitCode = 1
    }
  } else {
    writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
    console.log(`Added ${added.length} packages of other platforms to package-lock.json.`)
  }
}
