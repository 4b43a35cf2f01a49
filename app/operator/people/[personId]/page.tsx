import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { shopName } from '@/app/_glue/names'
import { requireSystem } from '@/app/_glue/system'
import { formatDate, formatDateTime, formatMoney } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { Fact, Facts } from '@/components/ui/facts'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { publicId, readPublicId } from '@/lib/ids'
import { reopenPerson, suspendPerson } from '../actions'
import { ReasonDialog } from '../_parts/reason-dialog'
import { Trail } from '../_parts/trail'

const HERE = '/operator/people'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.people')
  return { title: t('title') }
}

/** One person: where they work, how they log in, and what was decided about them. */
export default async function PersonPage({ params }: { params: Promise<{ personId: string }> }) {
  const { personId: id } = await params
  const desk = await requireSystem('people.see', `${HERE}/${id}`)
  const personId = readPublicId('per', id)
  const known = personId && (await desk.gateway.directory.person(personId))
  if (!known) notFound()
  const [t, roles, system] = await Promise.all([
    getTranslations('operator.people'),
    getTranslations('merchant.role'),
    getTranslations('operator.role'),
  ])
  const { person, work, systemRole, hasSecondFactor, suspendedAt, lastSeenAt } = known
  const { locale } = desk
  const { name } = person
  const deed = suspendedAt ? (
    <ReasonDialog
      id="reopen"
      label={t('reopen')}
      title={t('reopenTitle', { name })}
      text={t('reopenText')}
      deed={reopenPerson.bind(null, id)}
    />
  ) : (
    <ReasonDialog
      id="suspend"
      label={t('suspend')}
      title={t('suspendTitle', { name })}
      text={t('suspendText')}
      isDangerous
      deed={suspendPerson.bind(null, id)}
    />
  )
  return (
    <>
      <PageHeader
        title={name}
        description={person.email}
        actions={desk.may('people.change') && person.id !== desk.person.id ? deed : null}
      />
      <div className="grid gap-5 lg:grid-cols-2">
        <Panel>
          <Facts>
            <Fact name={t('standing')}>
              <Badge tone={suspendedAt ? 'bad' : 'good'}>{t(suspendedAt ? 'suspended' : 'active')}</Badge>
            </Fact>
            <Fact name={t('factor')}>{t(hasSecondFactor ? 'factorOn' : 'factorOff')}</Fact>
            <Fact name={t('seen')}>{lastSeenAt ? formatDateTime(lastSeenAt, locale) : '–'}</Fact>
            <Fact name={t('since')}>{formatDate(person.createdAt, locale)}</Fact>
            <Fact name={t('registration')}>
              <span className="figures">{person.registrationNumber}</span>
            </Fact>
          </Facts>
        </Panel>
        <Panel>
          <PanelHeader title={t('work')} />
          <Facts>
            {systemRole ? <Fact name={t('installation')}>{system(systemRole)}</Fact> : null}
            {work.map(({ merchant, role, refundLimit }) => (
              <Fact
                key={merchant.id}
                name={
                  <Link
                    className="text-accent hover:underline"
                    href={`/operator/shops/${publicId('mer', merchant.id)}`}
                  >
                    {shopName(merchant, locale)}
                  </Link>
                }
              >
                {roles(role)}
                <span className="block text-xs font-normal text-ink-faint">
                  {t('limit')}:{' '}
                  {refundLimit === undefined
                    ? t('noLimit')
                    : formatMoney(refundLimit, merchant.currencies[0] ?? 'KRW', locale)}
                </span>
              </Fact>
            ))}
            {!systemRole && work.length === 0 ? <Fact name={t('work')}>{t('shopper')}</Fact> : null}
          </Facts>
        </Panel>
        <Trail desk={desk} object={id} />
      </div>
    </>
  )
}
