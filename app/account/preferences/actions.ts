'use server'

import { revalidatePath } from 'next/cache'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import type { FilledSurvey } from '@/components/account/survey-form'
import { filledSurveySchema } from '@/lib/vcard/preferences'

/** Keeps the answers of the survey; the newest counts. */
export async function savePreference(filled: FilledSurvey): Promise<void> {
  const [person, gateway] = await Promise.all([requirePerson('/account/preferences'), runningGateway()])
  await gateway.preferences.save(person.id, filledSurveySchema.parse(filled))
  revalidatePath('/account', 'layout')
}
