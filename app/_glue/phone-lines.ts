import 'server-only'
import type { SavedLine } from '@/components/phone/phone-view'
import type { Tone } from '@/components/ui/badge'
import type { ShopperLine } from '@/lib/billing/shopper-lines'
import type { Gateway } from '@/lib/gateway'
import type { Uuid } from '@/lib/ids'

/** Why its own holder cannot have purchases put on a line now; undefined when nothing is in the way. */
function whyClosed({
  lockedAt,
  blockedAt,
  arrearsSince,
  minor,
}: ShopperLine): 'blocked' | 'minor' | 'arrears' | 'locked' | undefined {
  if (blockedAt) return 'blocked'
  if (minor) return 'minor'
  if (arrearsSince) return 'arrears'
  return lockedAt ? 'locked' : undefined
}

/** A line by the name its holder gave it, else by its telephone company's. */
export function lineName(gateway: Gateway, { nickname, system }: ShopperLine, locale: 'ko' | 'en'): string {
  return nickname || (gateway.settings.TELCOS.find(({ code }) => code === system)?.name[locale] ?? system)
}

/** Enough of the number for its holder to know it. */
export const lineMask = ({ masked }: ShopperLine) => `•••• ${masked.slice(-4)}`

/** The shopper's lines as the checkout offers them. */
export async function savedLines(gateway: Gateway, shopperId: Uuid, locale: 'ko' | 'en'): Promise<SavedLine[]> {
  const lines = await gateway.phoneBill.lines.list(shopperId)
  return lines.map((line) => {
    const why = whyClosed(line)
    const { id, kind } = line
    return { id, kind, masked: lineMask(line), name: lineName(gateway, line, locale), ...(why && { why }) }
  })
}

const TONES = { open: 'good', locked: 'neutral', blocked: 'bad', minor: 'warn', arrears: 'bad' } as const
type LineStanding = keyof typeof TONES

/** How a line stands, for its badge. */
export function lineStates(line: ShopperLine): { readonly state: LineStanding; readonly tone: Tone } {
  const state = whyClosed(line) ?? 'open'
  return { state, tone: TONES[state] }
}
