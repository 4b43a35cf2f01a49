'use client'

import { House, PiggyBank, ReceiptText, SlidersHorizontal, Smartphone, Split, Wallet } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type accountTexts from '@/locales/ko/account.json'
import { classNames } from '../ui/class-names'

const PLACES = [
  { href: '/account', key: 'home', Icon: House },
  { href: '/account/wallet', also: ['/account/cards', '/account/addresses'], key: 'wallet', Icon: Wallet },
  { href: '/account/vcards', key: 'vcards', Icon: Split },
  { href: '/account/lines', also: ['/account/bills'], key: 'phone', Icon: Smartphone },
  {
    href: '/account/accounts',
    also: ['/account/e-cash', '/account/bank-accounts', '/account/mandates'],
    key: 'accounts',
    Icon: PiggyBank,
  },
  { href: '/account/purchases', also: ['/account/subscriptions'], key: 'purchases', Icon: ReceiptText },
  { href: '/account/preferences', key: 'preferences', Icon: SlidersHorizontal },
] as const

/** The places of My Moa: a bar at the foot on phones, a column at the side on larger screens. */
export function AccountNav({ words }: { words: (typeof accountTexts)['nav'] }) {
  const path = usePathname()
  return (
    <nav
      aria-label={words.label}
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:static lg:border-0 lg:pb-0 print:hidden"
    >
      <ul className="mx-auto flex max-w-xl lg:flex-col lg:gap-1">
        {PLACES.map(({ href, key, Icon, ...more }) => {
          const isHere =
            href === '/account'
              ? path === href
              : path.startsWith(href) || ('also' in more && more.also.some((other) => path.startsWith(other)))
          return (
            <li key={key} className="flex-auto">
              <Link
                href={href}
                aria-current={isHere ? 'page' : undefined}
                className={classNames(
                  'flex min-h-14 flex-col items-center justify-center gap-0.5 px-0.5 text-[0.6875rem] font-medium whitespace-nowrap text-ink-faint hover:text-ink sm:text-xs',
                  'lg:min-h-11 lg:flex-row lg:justify-start lg:gap-3 lg:rounded-md lg:px-3 lg:text-sm',
                  isHere && 'text-accent lg:bg-accent-soft lg:text-accent-strong',
                )}
              >
                <Icon className="size-5" aria-hidden />
                {words[key]}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
