import { NextIntlClientProvider } from 'next-intl'
import type { Messages } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'

/** Gives the named parts of the texts to the client components inside; the rest stays on the server. */
export async function ClientTexts({ parts, children }: { parts: readonly (keyof Messages)[]; children: ReactNode }) {
  const all = await getMessages()
  const messages = Object.fromEntries(parts.map((part) => [part, all[part]]))
  return <NextIntlClientProvider messages={messages}>{children}</NextIntlClientProvider>
}
