import path from 'node:path'
import { backUp } from './backup/back-up'
import { copyRecords } from './backup/records'
import { Complaint, runScript } from './complaint'
import { databaseForCommand } from './database-for-command'

/** `npm run backup -- FOLDER`: the database of DATABASE_URL, else the embedded one, and the copies of record, as of one moment. */
await runScript(async () => {
  const [given] = process.argv.slice(2)
  if (!given) throw new Complaint('Say where to: npm run backup -- FOLDER')
  const folder = path.resolve(given)
  const { url, release } = await databaseForCommand()
  try {
    const { tables } = await backUp(url, folder, new Date())
    await copyRecords('out', folder)
    console.log(`${tables.reduce((sum, { rows }) => sum + rows, 0)} rows of ${tables.length} tables are in ${folder}.`)
    console.log(
      'The keys are not: keep them apart. To see that it is whole: npm run restore into an empty database, npm run verify.',
    )
  } finally {
    await release()
  }
})
