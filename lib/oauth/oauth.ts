import type { Vault } from '../cards/vault'
import { type Clock, later } from '../clock'
import type { Database } from '../db/database'
import { type Uuid, uuidAt } from '../ids'
import { readReturnAddresses, type ReturnAddressFault } from '../merchants/return-addresses'
import type { OAuthClient, Scope, TokenCaller } from './oauth-client'
import { challengeOf, hashSecret, hintOfSecret, isSecret, looksLike, newSecret } from './secrets'
import {
  type ClientOfMerchant,
  deleteExpired,
  deleteToken,
  deleteTokensOfCode,
  findAllClients,
  findClients,
  findLiveClient,
  findToken,
  insertClient,
  insertCode,
  insertToken,
  revokeClientRow,
  setVouches,
  spendCode,
} from './store'

/** Short: a token that gets lost is worth little by the time somebody finds it. Clients ask for another at any time. */
const TOKEN_LIVES_MS = 15 * 60_000
/** A code goes from the page to the client's server and no further. */
const CODE_LIVES_MS = 60_000
// More programs than this of one merchant are not told apart by people.
const MOST_CLIENTS = 50

export interface NewClient {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly redirectUris: readonly string[]
}

export interface IssuedToken {
  readonly accessToken: string
  readonly expiresInSeconds: number
  readonly scopes: readonly Scope[]
}

/** A person's agreement on the authorization page, whose line was proved there. */
export interface Agreement {
  readonly clientId: Uuid
  readonly redirectUri: string
  readonly codeChallenge: string
  readonly scopes: readonly Scope[]
  /** E.164 */
  readonly number: string
}

export interface OAuth {
  clients(merchantId: Uuid): Promise<OAuthClient[]>
  /** Live clients of all merchants, the newest first, before one of them: for those who run the gateway. */
  allClients(wanted: { text?: string; before?: Uuid; limit: number }): Promise<ClientOfMerchant[]>
  /** @returns the secret too, this once: only its hash is stored */
  createClient(
    merchantId: Uuid,
    wanted: NewClient,
  ): Promise<
    | { kind: 'created'; client: OAuthClient; secret: string }
    | { kind: 'refused'; reason: ReturnAddressFault | 'too-many-clients' }
  >
  /** Takes effect on the next call, for its tokens too. False when there is no such live client. */
  revokeClient(merchantId: Uuid, clientId: Uuid): Promise<boolean>
  /**
   * Whether the client answers for its shoppers' lines and may charge one that was not proved to us. A matter of contract:
   * set by those who run the gateway, never by the merchant.
   */
  setVouching(merchantId: Uuid, clientId: Uuid, vouches: boolean): Promise<boolean>

  /** A live client, without proof that it is the one who calls. */
  findClient(clientId: Uuid): Promise<OAuthClient | undefined>
  /** The client that knows this secret; undefined tells nothing of why not. */
  clientBySecret(clientId: Uuid, secret: string): Promise<OAuthClient | undefined>
  /** A token of the client alone (RFC 6749, 4.4). */
  issueToClient(client: OAuthClient, scopes: readonly Scope[]): Promise<IssuedToken>
  /** An authorization code for what a person agreed to (RFC 6749, 4.1). */
  agree(agreement: Agreement): Promise<string>
  /**
   * A token for an authorization code (RFC 6749, 4.1.3; RFC 7636). A code that comes a second time has been stolen by one
   * of the two who sent it: the token given for it is taken back.
   */
  redeem(
    client: OAuthClient,
    given: { code: string; redirectUri: string; verifier: string },
  ): Promise<IssuedToken | undefined>
  /** Who calls with this token; undefined when it is unknown, expired or revoked. */
  byToken(token: string): Promise<TokenCaller | undefined>
  revokeToken(client: OAuthClient, token: string): Promise<void>
  /** Removes tokens and codes that ran out. @returns how many of either at most */
  removeExpired(limit: number): Promise<number>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Vault
}

export function createOAuth({ database, clock, vault }: Parts): OAuth {
  const { prisma } = database

  async function issue(client: OAuthClient, scopes: readonly Scope[], of?: { number: string; codeId: Uuid }) {
    const now = clock.now()
    const id = uuidAt(now)
    const accessToken = newSecret('token')
    await insertToken(prisma, {
      hash: hashSecret(accessToken),
      id,
      clientId: client.id,
      scopes,
      createdAt: now,
      expiresAt: later(now, TOKEN_LIVES_MS),
      ...(of ? { codeId: of.codeId, line: vault.seal({ kind: 'oauth', ownerId: client.id, id }, of.number) } : {}),
    })
    return { accessToken, expiresInSeconds: TOKEN_LIVES_MS / 1000, scopes }
  }

  return {
    clients: (merchantId) => findClients(prisma, merchantId),
    allClients: (wanted) => findAllClients(prisma, wanted),

    async createClient(merchantId, { name, scopes, redirectUris }) {
      const read = readReturnAddresses(redirectUris.join('\n'))
      if (read.kind === 'refused') return { kind: 'refused', reason: read.reason }
      const others = (await findClients(prisma, merchantId)).filter(({ revokedAt }) => !revokedAt)
      if (others.length >= MOST_CLIENTS) return { kind: 'refused', reason: 'too-many-clients' }
      const now = clock.now()
      const secret = newSecret('client')
      const client: OAuthClient = {
        id: uuidAt(now),
        merchantId,
        name,
        hint: hintOfSecret(secret),
        scopes,
        redirectUris: read.addresses,
        vouches: false,
        createdAt: now,
      }
      await insertClient(prisma, client, hashSecret(secret))
      return { kind: 'created', client, secret }
    },

    revokeClient: (merchantId, clientId) => revokeClientRow(prisma, merchantId, clientId, clock.now()),
    setVouching: (merchantId, clientId, vouches) => setVouches(prisma, merchantId, clientId, vouches),
    findClient: async (clientId) => (await findLiveClient(prisma, clientId))?.client,

    async clientBySecret(clientId, secret) {
      if (!looksLike('client', secret)) return undefined
      const found = await findLiveClient(prisma, clientId)
      return found && isSecret(secret, found.secretHash) ? found.client : undefined
    },

    issueToClient: (client, scopes) => issue(client, scopes),

    async agree({ number, ...agreement }) {
      const now = clock.now()
      const id = uuidAt(now)
      const code = newSecret('code')
      const sealed = vault.seal({ kind: 'oauth', ownerId: agreement.clientId, id }, number)
      const expiresAt = later(now, CODE_LIVES_MS)
      await insertCode(prisma, { ...agreement, ...sealed, hash: hashSecret(code), id, createdAt: now, expiresAt })
      return code
    },

    async redeem(client, { code, redirectUri, verifier }) {
      if (!looksLike('code', code)) return undefined
      const used = await spendCode(prisma, hashSecret(code), clock.now())
      if (!used) return undefined
      if (!used.fresh) {
        await deleteTokensOfCode(prisma, used.id)
        return undefined
      }
      const fits =
        used.clientId === client.id &&
        used.redirectUri === redirectUri &&
        used.codeChallenge === challengeOf(verifier) &&
        used.expiresAt > clock.now()
      if (!fits) return undefined
      const number = vault.open({ kind: 'oauth', ownerId: client.id, id: used.id }, used)
      return issue(client, used.scopes, { number, codeId: used.id })
    },

    async byToken(token) {
      const found = looksLike('token', token) ? await findToken(database, hashSecret(token), clock.now()) : undefined
      if (!found) return undefined
      const { id, line, ...caller } = found
      if (!line) return caller
      return { ...caller, number: vault.open({ kind: 'oauth', ownerId: caller.clientId, id }, line) }
    },

    revokeToken: (client, token) => deleteToken(prisma, client.id, hashSecret(token)),
    // A code outlives its time by that of the token given for it: until then its second coming must be noticed.
    removeExpired: (limit) => deleteExpired(database, later(clock.now(), -TOKEN_LIVES_MS), limit),
  }
}
