import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { LineUse } from '@/components/account/line-use'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { Person } from '@/lib/auth/person'
import type { Gateway } from '@/lib/gateway'
import { lineMask, lineName } from '../_glue/phone-lines'

interface Props {
  readonly gateway: Gateway
  readonly person: Pick<Person, 'id'>
  /** Leads to the bills. */
  readonly more: ReactNode
}

const MOST = 3

/** What is coming on the next telephone bills, line by line, against each one's limit. */
export async function PhonePanel({ gateway, person, more }: Props) {
  const [lines, locale, t, messages] = await Promise.all([
    gateway.phoneBill.lines.list(person.id),
    getLocale(),
    getTranslations('account.home'),
    getMessages(),
  ])
  if (lines.length === 0) return null
  return (
    <Panel>
      <PanelHeader title={t('phone')} actions={more} />
      <ul className="flex flex-col gap-5">
        {lines.slice(0, MOST).map((line) => (
          <li key={line.id}>
            <p className="figures mb-2 truncate text-sm font-medium text-ink">
              {lineName(gateway, line, locale)} <span className="text-ink-faint">{lineMask(line)}</span>
            </p>
            {line.use.map((use) => (
              <LineUse key={use.currency} use={use} locale={locale} words={messages.account.lines} />
            ))}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
