export interface PackageLock {
  packages: Record<string, Record<string, unknown>>
}

export function completeLock(lock: PackageLock): string[]
