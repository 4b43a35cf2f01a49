import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { References } from '../db/references'
import type { IssuerCard, Issuers } from '../gateways/issuer/issuer'
import type { IssuerTerms, KnownTerms } from '../gateways/issuer-terms/issuer-terms'
import type { Uuid } from '../ids'
import { uuidAt } from '../ids'
import { BIN_LENGTH, brandOf, isExpired, isVCardNumber, masked, readCardNumber } from './card-number'
import { createInquiries } from './inquiries'
import { createReveal } from './reveal'
import { rotateKeys } from './rotate-keys'
import type { CardRow } from './store'
import {
  changeCard,
  countCards,
  findByFingerprint,
  findCard,
  findCards,
  findSetAside,
  lockWallet,
  putCard,
  removeCard,
} from './store'
import type { Vault } from './vault'
import type { CardChanges, NewCard, RefreshedCard, WalletCard } from './wallet-card'

/** As many as the optimizer divides over. */
const MOST_CARDS = 50

export type AddOutcome =
  | { kind: 'added'; card: WalletCard }
  | { kind: 'refused'; reason: 'bad-number' | 'expired' | 'unknown-issuer' | 'already-there' | 'too-many' }

export type UpdateOutcome = { kind: 'updated'; card: WalletCard } | { kind: 'refused'; reason: 'missing' | 'expired' }

/** The member "card" of what the SQL function open_payment is told; bytes are hexadecimal. */
export interface SealedCard {
  readonly id: Uuid
  readonly sealedNumber: string
  readonly keyId: string
  readonly fingerprint: string
  readonly bin: string
  readonly lastFour: string
  readonly expiry: string
  readonly issuer: string | null
}

/** The vault of card numbers and the shoppers' wallets. Another owner's card is a missing card. */
export interface Cards {
  /** Adds a card to a wallet (M-268). One that was removed earlier comes back with the same id. */
  add(shopperId: Uuid, card: NewCard): Promise<AddOutcome>
  /** The wallet in the order in which the cards were added. */
  list(shopperId: Uuid): Promise<WalletCard[]>
  get(shopperId: Uuid, cardId: Uuid): Promise<WalletCard | undefined>
  /** What the issuer publishes about the card's product (M-323); undefined while its feed has never answered. */
  published(card: Pick<WalletCard, 'issuer' | 'bin'>): Promise<KnownTerms | undefined>
  update(shopperId: Uuid, cardId: Uuid, changes: CardChanges): Promise<UpdateOutcome>
  /**
   * Takes a card out of the wallet; false when it was not there. Live V-Cards that lean on it are cancelled; what is
   * under way with it goes on to its end, for which its number stays in the vault.
   */
  remove(shopperId: Uuid, cardId: Uuid): Promise<boolean>
  /** Asks the issuers how the cards stand, all at once (M-270, M-316), and keeps what they say. */
  refresh(shopperId: Uuid, cardIds?: readonly Uuid[]): Promise<RefreshedCard[]>
  /**
   * The number and expiry of a card, for a call to its issuer and nothing else. Never keep or log it.
   * @throws BrokenInvariant if the owner has no such card, removed or not
   */
  reveal(ownerId: Uuid, cardId: Uuid): Promise<IssuerCard>
  /** Seals a number that was typed at a merchant's checkout. It must be one that readCardNumber returned. */
  seal(ownerId: Uuid, typed: { readonly number: string; readonly expiry: string }): SealedCard
  /** Seals a batch of numbers again with the key in use; `left` are those still under an older key. */
  rotateKeys(batch: number): Promise<{ resealed: number; left: number }>
}

export interface CardsParts {
  readonly database: Database
  readonly clock: Clock
  readonly references: References
  readonly issuers: Issuers
  readonly issuerTerms: IssuerTerms
  /** Our issuers and their names. */
  readonly catalogue: readonly { readonly code: string; readonly name: { readonly ko: string; readonly en: string } }[]
  readonly vault: Vault
}

export function createCards(parts: CardsParts): Cards {
  const { database, clock, issuers, issuerTerms, vault } = parts
  const { prisma } = database
  const names = new Map(parts.catalogue.map(({ code, name }) => [code, name]))
  const { reveal, forget } = createReveal(parts)
  const inquire = createInquiries({ ...parts, reveal })

  function show(row: CardRow, setAside: ReadonlyMap<Uuid, bigint>): WalletCard {
    const { id, issuer, bin, lastFour, expiry, holderName, nickname, billing, terms, standing, createdAt } = row
    return {
      ...{ id, issuer, bin, lastFour, expiry, holderName, nickname, billing, terms, createdAt },
      ...(standing && { standing }),
      issuerName: names.get(issuer) ?? { ko: issuer, en: issuer },
      brand: brandOf(bin),
      masked: masked({ bin, lastFour }),
      setAside: setAside.get(id) ?? 0n,
    }
  }

  async function list(shopperId: Uuid): Promise<WalletCard[]> {
    const [rows, setAside] = await Promise.all([
      findCards(prisma, shopperId),
      findSetAside(prisma, shopperId, clock.now()),
    ])
    return rows.map((row) => show(row, setAside))
  }

  async function get(shopperId: Uuid, cardId: Uuid): Promise<WalletCard | undefined> {
    const row = await findCard(prisma, shopperId, cardId)
    return row && show(row, await findSetAside(prisma, shopperId, clock.now()))
  }

  async function add(shopperId: Uuid, typed: NewCard): Promise<AddOutcome> {
    const { holderName, nickname, billing = {}, terms = {}, expiry } = typed
    const now = clock.now()
    const refused = (reason: Extract<AddOutcome, { kind: 'refused' }>['reason']) =>
      ({ kind: 'refused', reason }) as const
    const number = readCardNumber(typed.number)
    if (number === undefined) return refused('bad-number')
    if (isExpired(expiry, now)) return refused('expired')
    const issuer = isVCardNumber(number) ? undefined : issuers.issuerOf(number)
    if (issuer === undefined) return refused('unknown-issuer')

    const fingerprint = vault.fingerprint(number)
    const added = await database.transaction(async (tx) => {
      await lockWallet(tx, shopperId)
      const earlier = await findByFingerprint(tx, shopperId, fingerprint)
      if (earlier && !earlier.isRemoved) return refused('already-there')
      if ((await countCards(tx, shopperId)) >= MOST_CARDS) return refused('too-many')
      const id = earlier?.id ?? uuidAt(now)
      return putCard(tx, {
        ...{
          ownerId: shopperId,
          id,
          issuer,
          fingerprint,
          expiry,
          holderName,
          nickname,
          billing,
          terms,
          createdAt: now,
        },
        ...endsOf(number),
        sealed: vault.seal({ kind: 'card', ownerId: shopperId, id }, number),
      })
    })
    if ('kind' in added) return added
    forget(shopperId, added.id)
    return { kind: 'added', card: show(added, await findSetAside(prisma, shopperId, now)) }
  }

  return {
    add,
    list,
    get,
    published: ({ issuer, bin }) => issuerTerms.of(issuer, bin),
    async update(shopperId, cardId, changes) {
      if (changes.expiry !== undefined && isExpired(changes.expiry, clock.now())) {
        return { kind: 'refused', reason: 'expired' }
      }
      await changeCard(prisma, shopperId, cardId, changes)
      forget(shopperId, cardId)
      const card = await get(shopperId, cardId)
      return card ? { kind: 'updated', card } : { kind: 'refused', reason: 'missing' }
    },
    remove: (shopperId, cardId) => database.transaction((tx) => removeCard(tx, shopperId, cardId, clock.now())),
    async refresh(shopperId, cardIds) {
      const wanted = (await list(shopperId)).filter(({ id }) => cardIds === undefined || cardIds.includes(id))
      return inquire(shopperId, wanted)
    },
    reveal,
    seal(ownerId, { number, expiry }) {
      const id = uuidAt(clock.now())
      const { sealedNumber, keyId } = vault.seal({ kind: 'card', ownerId, id }, number)
      return {
        ...{ id, keyId, expiry },
        ...endsOf(number),
        sealedNumber: Buffer.from(sealedNumber).toString('hex'),
        fingerprint: Buffer.from(vault.fingerprint(number)).toString('hex'),
        issuer: issuers.issuerOf(number) ?? null,
      }
    },
    rotateKeys: (batch) => rotateKeys(database, vault, batch),
  }
}

function endsOf(number: string): { bin: string; lastFour: string } {
  return { bin: number.slice(0, BIN_LENGTH), lastFour: number.slice(-4) }
}
