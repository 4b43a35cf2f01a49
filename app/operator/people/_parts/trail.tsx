import { getTranslations } from 'next-intl/server'
import { formatDateTime } from '@/components/i18n/format'
import { Coded } from '@/components/ui/coded'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Timeline } from '@/components/ui/timeline'
import type { SystemDesk } from '@/app/_glue/system'
import { INSTALLATION } from '@/app/_glue/system'
import type operatorTexts from '@/locales/ko/operator.json'

type Outcome = keyof (typeof operatorTexts)['people']['done']

const SHOWN = 50
const isOutcome = (outcome: string): outcome is Outcome =>
  ['suspended', 'reopened', 'opened', 'invited'].includes(outcome)

/** What operators did to one person or shop, the latest first (P9.3). */
export async function Trail({ desk, object }: { desk: SystemDesk; object: string }) {
  const [t, roles, shopRoles, events] = await Promise.all([
    getTranslations('operator.people'),
    getTranslations('operator.role'),
    getTranslations('merchant.role'),
    desk.gateway.audit.list(INSTALLATION, { object, action: 'people.change', limit: SHOWN }),
  ])
  const roleOf = (role: string) => {
    const place = role as never
    return roles.has(place) ? roles(place) : shopRoles.has(place) ? shopRoles(place) : t('otherRole')
  }
  return (
    <Panel>
      <PanelHeader title={t('trail')} />
      {events.length === 0 ? (
        <p className="text-sm text-ink-soft">{t('noTrail')}</p>
      ) : (
        <Timeline
          label={t('trail')}
          entries={events.map(({ id, at, actor, outcome, detail }) => ({
            id,
            title: isOutcome(outcome) ? t(`done.${outcome}`) : <Coded words={t('done.other')} code={outcome} />,
            at: formatDateTime(at, desk.locale),
            detail: [
              t('by', { name: actor.name, role: roleOf(actor.role) }),
              actor.from && t('from', { address: actor.from }),
              detail?.reason ?? detail?.email,
            ]
              .filter(Boolean)
              .join(' — '),
            tone: outcome === 'suspended' ? 'bad' : 'neutral',
          }))}
        />
      )}
    </Panel>
  )
}
