import { ArrowRight, CreditCard, SlidersHorizontal, Split } from 'lucide-react'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { CardFace } from '@/components/account/card-face'
import { CardLimit } from '@/components/account/card-limit'
import { formatMoney } from '@/components/i18n/format'
import { ButtonLink } from '@/components/ui/button-link'
import { CopyButton } from '@/components/ui/copy-button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { WalletCard } from '@/lib/cards/wallet-card'
import { freshWalletOf } from '../_glue/checkout'
import { runningGateway } from '../_glue/gateway'
import { cardName } from '../_glue/names'
import { PurchaseRows } from '../_glue/purchase-rows'
import { requirePerson } from '../_glue/session'
import { PhonePanel } from './phone-panel'
import { SpendingChart } from './spending-chart'
import { VcardListRow } from '../_glue/vcard-row'

const MONTHS_SHOWN = 6

/** My Moa: what can be spent, what is under way, what was bought (M-322). */
export default async function AccountPage() {
  const [person, gateway, locale, t, messages] = await Promise.all([
    requirePerson('/account'),
    runningGateway(),
    getLocale(),
    getTranslations('account'),
    getMessages(),
  ])
  const [cards, vcards, purchases, preference, spent] = await Promise.all([
    freshWalletOf({ gateway, person }),
    gateway.vcards.list(person.id, { limit: 10 }),
    gateway.payments.listOfShopper(person.id, { limit: 5 }),
    gateway.preferences.current(person.id),
    gateway.spending.byMonth(person.id, MONTHS_SHOWN),
  ])
  const live = vcards.filter(({ state }) => state === 'live')
  const phone = <PhonePanel {...{ gateway, person }} more={<More href="/account/bills">{t('home.allBills')}</More>} />
  return (
    <>
      <PageHeader
        title={t('home.title', { name: person.name })}
        description={
          <span className="flex items-center gap-1 text-sm">
            {t('home.number')} <span className="figures font-medium text-ink">{person.registrationNumber}</span>
            <CopyButton
              text={person.registrationNumber}
              label={messages.shared.copy}
              done={messages.shared.copied}
              iconOnly
            />
          </span>
        }
      />
      {cards.length === 0 ? (
        <div className="flex flex-col gap-5">
          <EmptyState
            icon={CreditCard}
            title={t('home.firstCard')}
            action={
              <ButtonLink href="/account/cards/new" kind="primary">
                {t('cards.add')}
              </ButtonLink>
            }
          >
            {t('home.firstCardText')}
          </EmptyState>
          {phone}
        </div>
      ) : (
        <div className="grid items-start gap-5 xl:grid-cols-[3fr_2fr]">
          <div className="flex flex-col gap-5">
            <Panel>
              <PanelHeader
                title={t('home.balances')}
                actions={<More href="/account/cards">{t('home.allCards')}</More>}
              />
              <p className="text-sm text-ink-faint">{t('home.totalRoom')}</p>
              <p className="figures mb-5 text-2xl font-bold text-ink">{roomText(cards, locale)}</p>
              <ul className="flex flex-col gap-5">
                {cards.slice(0, 4).map((card) => (
                  <li key={card.id} className="grid grid-cols-[3.5rem_1fr] gap-x-3.5">
                    <CardFace issuer={card.issuer} lastFour={card.lastFour} />
                    <div className="min-w-0">
                      <Link
                        href={`/account/cards/${card.id}`}
                        className="mb-1 block truncate text-sm font-medium text-ink"
                      >
                        {cardName(card, locale)}
                      </Link>
                      <CardLimit
                        standing={card.standing}
                        setAside={card.setAside}
                        locale={locale}
                        words={messages.account.cards}
                      />
                    </div>
                  </li>
                ))}
              </ul>
            </Panel>
            <Panel>
              <PanelHeader
                title={t('home.recent')}
                actions={<More href="/account/purchases">{t('home.allPurchases')}</More>}
              />
              {purchases.length === 0 ? (
                <p className="text-sm text-ink-faint">{t('purchases.emptyText')}</p>
              ) : (
                <PurchaseRows gateway={gateway} payments={purchases} />
              )}
            </Panel>
            {spent.length > 0 ? (
              <Panel>
                <PanelHeader title={t('home.spending')} description={t('home.spendingText')} />
                {spent.map((each) => (
                  <SpendingChart key={each.currency} spent={each} timeZone={gateway.settings.TIME_ZONE} />
                ))}
              </Panel>
            ) : null}
          </div>
          <div className="flex flex-col gap-5">
            {phone}
            <Invitation
              icon={<Split className="size-5" aria-hidden />}
              title={t('home.create')}
              text={t('home.createText')}
              href="/account/vcards/new"
            />
            {preference ? null : (
              <Invitation
                icon={<SlidersHorizontal className="size-5" aria-hidden />}
                title={t('home.survey')}
                text={t('home.surveyText')}
                href="/account/preferences?survey"
              />
            )}
            {live.length > 0 ? (
              <section>
                <h2 className="mb-3 text-lg font-semibold text-ink">{t('home.live')}</h2>
                <ul className="flex flex-col gap-3">
                  {live.map((vcard) => (
                    <VcardListRow key={vcard.id} vcard={vcard} />
                  ))}
                </ul>
              </section>
            ) : null}
          </div>
        </div>
      )}
    </>
  )
}

/** What can still be spent, by currency: sums of different money are not added. */
function roomText(cards: readonly WalletCard[], locale: string): string {
  const rooms = new Map<NonNullable<WalletCard['standing']>['currency'], bigint>()
  for (const { standing, setAside } of cards) {
    if (!standing || standing.available <= setAside) continue
    rooms.set(standing.currency, (rooms.get(standing.currency) ?? 0n) + standing.available - setAside)
  }
  return rooms.size === 0 ? '–' : [...rooms].map(([currency, room]) => formatMoney(room, currency, locale)).join(' + ')
}

function More({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="inline-flex min-h-8 items-center gap-1 text-sm font-medium text-accent hover:underline"
    >
      {children}
      <ArrowRight className="size-4" aria-hidden />
    </Link>
  )
}

function Invitation({ icon, title, text, href }: { icon: ReactNode; title: string; text: string; href: string }) {
  return (
    <Link href={href} className="group flex items-start gap-4 rounded-xl bg-accent-soft p-5 hover:bg-hover">
      <span className="flex size-10 shrink-0 items-center justify-center rounded-full bg-accent text-on-accent">
        {icon}
      </span>
      <span>
        <span className="flex items-center gap-1 font-semibold text-ink">
          {title}
          <ArrowRight className="size-4 transition-transform group-hover:translate-x-0.5" aria-hidden />
        </span>
        <span className="mt-0.5 block text-sm text-ink-soft">{text}</span>
      </span>
    </Link>
  )
}
