import type { CallReference } from '../call-reference'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { References } from '../db/references'
import type { CardAcceptor, IssuerCard, Issuers } from '../gateways/issuer/issuer'
import type { IssuerTerms, KnownTerms } from '../gateways/issuer-terms/issuer-terms'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import { saveStandings } from './store'
import type { CardStanding, Inquiry, RefreshedCard, WalletCard } from './wallet-card'

/** Who asks an issuer for a balance: the V-Card agent itself, no shop. */
const AGENT: CardAcceptor = { id: 'MOA-VCARD-AGENT', name: 'Moa', categoryCode: '6012' }

/** The currency of a card where neither its issuer nor its holder has named one and the issuer has no feed to ask. */
const USUAL_CURRENCY: Currency = 'KRW'

export interface InquiryParts {
  readonly database: Database
  readonly clock: Clock
  readonly references: References
  readonly issuers: Issuers
  readonly issuerTerms: IssuerTerms
  reveal(ownerId: Uuid, cardId: Uuid): Promise<IssuerCard>
}

/** Asks how cards stand, all at once: one silent issuer costs its time limit once and only its own cards (M-316, P3.5). */
export function createInquiries(
  parts: InquiryParts,
): (ownerId: Uuid, cards: readonly WalletCard[]) => Promise<RefreshedCard[]> {
  const { database, clock, references, issuers, issuerTerms, reveal } = parts

  async function inquire(
    ownerId: Uuid,
    card: WalletCard,
    reference: CallReference,
  ): Promise<{ inquiry: Inquiry; published: KnownTerms | undefined; standing?: CardStanding }> {
    const published = await issuerTerms.of(card.issuer, card.bin)
    const currency = currencyOf(card, published)
    // A balance in an unknown currency would be a number without a meaning.
    if (!currency) return { published, inquiry: { kind: 'no-answer' } }
    const revealed = await reveal(ownerId, card.id)
    const answer = await issuers.inquire({ reference, card: revealed, currency, acceptor: AGENT })
    switch (answer.kind) {
      case 'approved': {
        const { owed, available } = answer
        return { published, inquiry: { kind: 'answered' }, standing: { owed, available, currency, at: clock.now() } }
      }
      case 'refused':
        // "Try later" says nothing of the card.
        return { published, inquiry: answer.reason === 'try-later' ? { kind: 'no-answer' } : answer }
      case 'no-answer':
        return { published, inquiry: answer }
    }
  }

  function currencyOf(card: WalletCard, published: KnownTerms | undefined): Currency | undefined {
    const said = published?.terms.currency ?? card.standing?.currency ?? card.terms.currency
    return said ?? (issuerTerms.publishes(card.issuer) ? undefined : USUAL_CURRENCY)
  }

  return async (ownerId, cards) => {
    const drawn = await references.drawMany(cards.length)
    const asked = await Promise.all(cards.map((card, index) => inquire(ownerId, card, drawn[index]!)))
    const answered = asked.flatMap(({ standing }, index) => (standing ? [{ id: cards[index]!.id, standing }] : []))
    if (answered.length > 0) await saveStandings(database.prisma, ownerId, answered)
    return cards.map((card, index) => {
      const { inquiry, published, standing } = asked[index]!
      return { ...card, inquiry, ...(published && { published }), ...(standing && { standing }) }
    })
  }
}
