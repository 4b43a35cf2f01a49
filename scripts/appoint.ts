import { systemRoles } from '../lib/auth/person'
import { systemClock } from '../lib/clock'
import { openDatabase } from '../lib/db/database'
import { appointToSystem } from './appoint-to-system'
import { Complaint, runScript } from './complaint'
import { databaseForCommand } from './database-for-command'

const USAGE = 'Say who and what: npm run appoint -- person@mail.example operator|auditor|none'

/** `npm run appoint -- EMAIL operator|auditor|none`: who looks after the whole installation. The person has registered before. */
async function appoint(): Promise<void> {
  const [email, wanted, ...more] = process.argv.slice(2)
  const role = systemRoles.find((each) => each === wanted)
  if (!email || more.length > 0 || (!role && wanted !== 'none')) throw new Complaint(USAGE)
  const command = await databaseForCommand()
  const database = await openDatabase(command.url, { connections: 1 })
  try {
    if (!(await appointToSystem({ database, clock: systemClock }, { email, role }))) {
      throw new Complaint(
        `Nobody has proved ${email} to be theirs. They register at /register, follow the link of the mail, and are appointed then.`,
      )
    }
    console.log(role ? `${email} is ${role} now.` : `${email} has no role for the installation any more.`)
  } finally {
    await database.close()
    await command.release()
  }
}

await runScript(appoint)
