'use server'

import { redirect } from 'next/navigation'
import { endSession } from '../_glue/session'

/** Ends the session everywhere it is used, and leads to the log-in page. */
export async function logOut(): Promise<void> {
  await endSession()
  redirect('/login')
}
