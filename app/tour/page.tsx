import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { ButtonLink } from '@/components/ui/button-link'
import { CopyButton } from '@/components/ui/copy-button'
import { Logo } from '@/components/ui/logo'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { runningGateway } from '../_glue/gateway'
import { LanguageSwitch, ThemeSwitch } from '../_glue/reader-switches'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('tour')
  return { title: t('title'), robots: { index: false } }
}

/** What to try, and where it leads. The last step is done in a terminal. */
const STEPS = [
  { key: 'three', to: ['shop', 'outsideWorld'] },
  { key: 'decline', to: ['outsideWorld', 'shop'] },
  { key: 'phone', to: ['shop', 'outsideWorld'] },
  { key: 'counselor', to: ['counselor'] },
  { key: 'billing', to: ['operator'] },
  { key: 'kill', to: [] },
] as const

/** For a newcomer with five minutes. Only where the demo runs. */
export default async function TourPage() {
  const [{ settings }, t, shared, checkout] = await Promise.all([
    runningGateway(),
    getTranslations('tour'),
    getTranslations('shared'),
    getTranslations('checkout'),
  ])
  const { DEMO_TOUR: tour } = settings
  if (!tour) notFound()
  const addresses = {
    ...{ shop: tour.shop, outsideWorld: tour.outsideWorld },
    ...{ counselor: '/login?next=/counselor', operator: '/login?next=/operator/phone-bill' },
  }
  return (
    <div className="mx-auto w-full max-w-4xl px-5 sm:px-8">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 py-5">
        <Link href="/" className="rounded-md">
          <Logo name={shared('appName')} />
        </Link>
        <div className="flex flex-wrap gap-2">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </header>
      <main id="content" className="pt-6 pb-16">
        <h1 className="text-3xl font-bold text-ink">{t('title')}</h1>
        <p className="mt-2 max-w-2xl text-ink-soft">{t('text')}</p>
        <ol className="mt-8 grid gap-5 md:grid-cols-2">
          {STEPS.map(({ key, to }, index) => (
            <li key={key} className="flex">
              <Panel className="flex w-full flex-col">
                <p className="figures text-sm font-semibold text-accent">{index + 1}</p>
                <h2 className="mt-1 text-lg font-semibold text-ink">{t(`steps.${key}.title`)}</h2>
                <p className="mt-2 flex-1 text-sm text-ink-soft">
                  {t(`steps.${key}.text`, { split: checkout('splitCards') })}
                </p>
                {key === 'kill' ? (
                  <>
                    <p className="mt-4 text-sm text-ink-faint">{t('steps.kill.commands')}</p>
                    <pre className="mt-2 overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs text-ink">
                      {'pkill -9 -f scripts/worker.ts\nnpm run verify'}
                    </pre>
                  </>
                ) : (
                  <div className="mt-4 flex flex-wrap gap-2">
                    {to.map((place, first) => (
                      <ButtonLink
                        key={place}
                        size="small"
                        kind={first === 0 ? 'primary' : 'secondary'}
                        href={addresses[place]}
                      >
                        {t(`go.${place}`)}
                      </ButtonLink>
                    ))}
                  </div>
                )}
              </Panel>
            </li>
          ))}
        </ol>
        <Panel className="mt-5">
          <PanelHeader title={t('logins')} description={t('loginsText')} />
          <ul className="text-sm">
            {tour.logins.map(({ role, email, password }) => (
              <li
                key={email}
                className="grid items-center gap-x-6 border-b border-line py-2 last:border-0 sm:grid-cols-[1fr_16rem_14rem]"
              >
                <span className="font-medium text-ink">{t(`role.${role}`)}</span>
                {[email, password].map((text) => (
                  <span
                    key={text}
                    className="inline-flex items-center justify-between gap-1 font-mono text-xs text-ink"
                  >
                    {text}
                    <CopyButton text={text} label={`${t('copy')}: ${text}`} done={t('copied')} iconOnly />
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </Panel>
        <Panel className="mt-5">
          <PanelHeader title={t('places')} />
          <ul className="flex flex-col gap-2 text-sm">
            {(['shop', 'outsideWorld', 'api'] as const).map((place) => (
              <li key={place} className="flex flex-wrap justify-between gap-x-4">
                <span className="text-ink-soft">{t(place)}</span>
                <a href={tour[place]} className="font-mono text-xs text-accent underline">
                  {tour[place]}
                </a>
              </li>
            ))}
          </ul>
        </Panel>
      </main>
    </div>
  )
}
