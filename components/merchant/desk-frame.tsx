import { LogOut } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '../ui/button'
import { Logo } from '../ui/logo'
import { DeskNavigation } from './desk-navigation'
import type { DeskPlace } from './desk-navigation'

interface Props {
  readonly words: {
    readonly app: string
    readonly navigation: string
    readonly logout: string
    readonly security: string
  }
  /** Where the logo leads. */
  readonly home: string
  readonly places: readonly DeskPlace[]
  /** For whom one works here: the shop's name, or a choice of shops. */
  readonly workplace: ReactNode
  readonly person: { readonly name: string; readonly role: string }
  readonly switches: ReactNode
  readonly logout: () => Promise<void>
  readonly children: ReactNode
}

/** The frame around the pages of a merchant's people: where to go on the left, on phones above. */
export function DeskFrame({ words, home, places, workplace, person, switches, logout, children }: Props) {
  return (
    <div className="flex min-h-dvh flex-col lg:grid lg:grid-cols-[15.5rem_minmax(0,1fr)]">
      <header className="border-b border-line bg-sunken lg:sticky lg:top-0 lg:flex lg:h-dvh lg:flex-col lg:border-r lg:border-b-0 print:hidden">
        <div className="flex items-center justify-between gap-4 px-4 pt-4 lg:block lg:px-5 lg:pt-6">
          <Link href={home} className="rounded-md">
            <Logo name={words.app} />
          </Link>
          <div className="min-w-0 text-sm font-medium text-ink-soft lg:mt-6">{workplace}</div>
        </div>
        <DeskNavigation label={words.navigation} places={places} />
        <div className="hidden border-t border-line px-5 pt-4 pb-6 lg:block">
          <Account {...{ words, person, logout }} />
          <div className="mt-4 flex flex-wrap gap-2">{switches}</div>
        </div>
      </header>
      <main id="content" className="mx-auto w-full max-w-6xl flex-1 px-4 py-6 sm:px-8 sm:py-10">
        {children}
      </main>
      <footer className="flex flex-col gap-4 border-t border-line px-4 py-5 sm:px-8 lg:hidden print:hidden">
        <Account {...{ words, person, logout }} />
        <div className="flex flex-wrap gap-2">{switches}</div>
      </footer>
    </div>
  )
}

function Account({ words, person, logout }: Pick<Props, 'words' | 'person' | 'logout'>) {
  return (
    <div className="flex items-center justify-between gap-3">
      <div className="min-w-0 text-sm">
        <p className="truncate font-medium text-ink">
          <Link
            href="/account/security"
            className="inline-flex min-h-6 items-center rounded-sm hover:underline"
            title={words.security}
          >
            {person.name}
          </Link>
        </p>
        <p className="text-xs text-ink-faint">{person.role}</p>
      </div>
      <form action={logout}>
        <Button type="submit" kind="quiet" size="small">
          <LogOut aria-hidden />
          {words.logout}
        </Button>
      </form>
    </div>
  )
}
