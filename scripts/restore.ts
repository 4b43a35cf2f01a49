import path from 'node:path'
import { copyRecords } from './backup/records'
import { restore } from './backup/restore'
import { Complaint, runScript } from './complaint'

/** `npm run restore -- FOLDER`: a backup into the empty database of DATABASE_URL, and the copies of record to where they belong. */
await runScript(async () => {
  const [given] = process.argv.slice(2)
  if (!given) throw new Complaint('Say from where: npm run restore -- FOLDER')
  if (!process.env.DATABASE_URL) throw new Complaint('Say into which empty database: set DATABASE_URL.')
  const folder = path.resolve(given)
  const { tables, at } = await restore(process.env.DATABASE_URL, folder)
  await copyRecords('back', folder)
  console.log(
    `${tables.reduce((sum, { rows }) => sum + rows, 0)} rows of ${tables.length} tables, as they were at ${at}.`,
  )
  console.log('Next: npm run verify, then start the worker, which takes up what was under way.')
})
