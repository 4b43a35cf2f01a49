import { aShop, addDemoCard, aPerson, startWallets } from '../cards/wallet.fixtures'
import type { IssuerCode } from '../../simulators/issuers/catalogue'
import type { CardRole } from '../../simulators/issuers/demo-cards'
import type { Cards } from '../cards/cards'
import type { Uuid } from '../ids'
import { createPreferences } from './preferences'
import { createVCards } from './vcards'

export type Agent = Awaited<ReturnType<typeof startAgent>>

/** The V-Card agent over a real database and the issuers of an outside world. */
export async function startAgent() {
  const wallets = await startWallets()
  const preferences = createPreferences(wallets)
  const { cards, parts } = wallets

  /** The agent as another process would have it, with parts of its own. */
  const build = (changed: { cards?: Cards; drawNumber?: () => string } = {}) =>
    createVCards({ ...parts, cards, preferences, ...changed })

  return { ...wallets, preferences, build, vcards: build() }
}

/** A shopper with demo cards, in the order given, whose standings are known. */
export async function aShopper(
  { cards }: Pick<Agent, 'cards'>,
  wanted: readonly (readonly [issuer: IssuerCode, role?: CardRole])[],
): Promise<{ shopper: Uuid; ids: Uuid[] }> {
  const shopper = aPerson()
  const ids: Uuid[] = []
  for (const [issuer, role] of wanted) ids.push((await addDemoCard(cards, shopper, issuer, role)).id)
  await cards.refresh(shopper)
  return { shopper, ids }
}

export { aPerson, aShop }
