import { cp } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { chosenDataFolder, inDataFolder } from '../data-folder'

/** The folders of copies of record of what was sent to billing centres and banks: those of the settings, else the demo's. */
function recordFolders(): Readonly<Record<string, string>> {
  const demo = inDataFolder(chosenDataFolder())
  const own = process.env.DATABASE_URL ? { billing: 'billing', bankFiles: 'bank-files' } : demo
  return {
    billing: path.resolve(process.env.BILLING_DIR ?? own.billing),
    'bank-files': path.resolve(process.env.BANK_FILES_DIR ?? own.bankFiles),
  }
}

/** Copies them into a backup, or back to where they belong; what is there already is left as it is. */
export async function copyRecords(way: 'out' | 'back', backup: string): Promise<void> {
  for (const [name, folder] of Object.entries(recordFolders())) {
    const kept = path.join(backup, name)
    const [from, to] = way === 'out' ? [folder, kept] : [kept, folder]
    if (existsSync(from)) await cp(from, to, { recursive: true, force: false, preserveTimestamps: true })
  }
}
