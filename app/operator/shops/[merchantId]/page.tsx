import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { shopName } from '@/app/_glue/names'
import { requireSystem } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDateTime } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { Fact, Facts } from '@/components/ui/facts'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { publicId, readPublicId } from '@/lib/ids'
import { ReasonDialog } from '../../people/_parts/reason-dialog'
import { Trail } from '../../people/_parts/trail'
import { inviteOwner, reopenShop, suspendShop } from '../actions'
import { OwnerFields } from '../_parts/owner-fields'

const HERE = '/operator/shops'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.shops')
  return { title: t('title') }
}

/** One shop: who works there, whether it takes payments, and what was decided about it. */
export default async function ShopPage({ params }: { params: Promise<{ merchantId: string }> }) {
  const { merchantId: id } = await params
  const desk = await requireSystem('people.see', `${HERE}/${id}`)
  const { gateway, locale } = desk
  const merchantId = readPublicId('mer', id)
  const known = merchantId && (await gateway.directory.shop(merchantId))
  if (!known) notFound()
  const { merchant } = known
  const [t, roles, members, invitations] = await Promise.all([
    getTranslations('operator.shops'),
    getTranslations('merchant.role'),
    gateway.people.members(merchant.id),
    gateway.invitations.open(merchant.id),
  ])
  const name = shopName(merchant, locale)
  return (
    <>
      <PageHeader
        title={name}
        description={locale === 'ko' ? merchant.nameEn : merchant.name}
        actions={
          desk.may('people.change') ? (
            <>
              <DeedDialog
                trigger={t('invite')}
                title={t('inviteTitle')}
                description={t('inviteText')}
                words={await deedWords(t('send'))}
                deed={inviteOwner.bind(null, id)}
              >
                <OwnerFields id="owner" locale={locale} />
              </DeedDialog>
              {merchant.suspendedAt ? (
                <ReasonDialog
                  id="reopen"
                  label={t('reopen')}
                  title={t('reopenTitle', { name })}
                  text={t('reopenText')}
                  deed={reopenShop.bind(null, id)}
                />
              ) : (
                <ReasonDialog
                  id="suspend"
                  label={t('suspend')}
                  title={t('suspendTitle', { name })}
                  text={t('suspendText')}
                  isDangerous
                  deed={suspendShop.bind(null, id)}
                />
              )}
            </>
          ) : null
        }
      />
      <div className="grid gap-5 lg:grid-cols-2">
        <Panel>
          <Facts>
            <Fact name={t('standing')}>
              <Badge tone={merchant.suspendedAt ? 'bad' : 'good'}>
                {t(merchant.suspendedAt ? 'suspended' : 'active')}
              </Badge>
            </Fact>
            <Fact name={t('number')}>
              <span className="font-mono text-xs break-all">{id}</span>
            </Fact>
            <Fact name={t('category')}>
              <span className="figures">{merchant.categoryCode}</span>
            </Fact>
            <Fact name={t('currencies')}>{merchant.currencies.join(', ')}</Fact>
            <Fact name={t('means')}>{t('meansCount', { count: merchant.modules.length })}</Fact>
            <Fact name={t('contract')}>{t(`contractOf.${merchant.confirmation}`)}</Fact>
            <Fact name={t('opened')}>{formatDateTime(merchant.createdAt, locale)}</Fact>
          </Facts>
        </Panel>
        <Panel>
          <PanelHeader title={t('team')} />
          <Facts>
            {members.map(({ person, role }) => (
              <Fact
                key={person.id}
                name={
                  <Link className="text-accent hover:underline" href={`/operator/people/${publicId('per', person.id)}`}>
                    {person.name}
                  </Link>
                }
              >
                {roles(role)}
              </Fact>
            ))}
            {invitations.map(({ id: invitationId, email, role }) => (
              <Fact key={invitationId} name={<span className="break-all">{email}</span>}>
                {roles(role)} <Badge>{t('invited')}</Badge>
              </Fact>
            ))}
          </Facts>
        </Panel>
        <Trail desk={desk} object={id} />
      </div>
    </>
  )
}
