import { runScript } from './complaint'
import { databaseForCommand } from './database-for-command'
import { migrateDeploy } from './migrate'

/** `npm run db:migrate`: brings the database of DATABASE_URL, else the embedded one, to what this version expects. */
await runScript(async () => {
  const { url, release } = await databaseForCommand()
  try {
    const { applied } = await migrateDeploy(url)
    console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
  } finally {
    await release()
  }
})
