import { createHash, randomBytes } from 'node:crypto'
import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { generateSecret, generateURI, verifySync } from 'otplib'
import type { SecurityChange } from '../messages/message'
import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Prisma } from '../db/generated/client'
import type { Settings } from '../env'
import type { Uuid } from '../ids'
import type { Person } from './person'
import { type RelyingParty, relyingParty } from './relying-party'
import {
  countRecoveryCodes,
  findAuthenticator,
  findPasskeys,
  findSealedOtherwise,
  insertPasskey,
  markSecondFactor,
  notePasskeyUse,
  noteSecondFactorShown,
  removeAuthenticator,
  removePasskey,
  replaceRecoveryCodes,
  saveAuthenticator,
  saveChallenge,
  saveResealed,
  takeChallenge,
  takeRecoveryCode,
  takeStep,
} from './second-factor-store'
import { tellOfChange } from './security-mail'
import type { Sessions } from './sessions'
import { hashOfToken } from './session-token'
import { forgetFactorTries, takeFactorTry } from './store'

export interface Passkey {
  readonly id: string
  readonly name: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | undefined
}

/** What a person shows besides the password. */
export interface OwnFactors {
  /** Since when an app's codes are taken. */
  readonly authenticatorSince: Date | undefined
  readonly passkeys: readonly Passkey[]
  readonly recoveryCodesLeft: number
}

export type Proof =
  | { kind: 'proved' }
  /** `locked`: too many wrong ones; half an hour later they are looked at again. */
  | { kind: 'refused'; reason: 'wrong' | 'locked' | 'no-session' }

export type Added = { kind: 'added' } | { kind: 'refused'; reason: 'wrong' | 'locked' | 'too-many' }

/**
 * The second factor at log-in: codes of an app (TOTP, RFC 6238) or passkeys (Web Authentication), and recovery codes for whoever has
 * lost both. A session of a person who has one counts for nothing until it was shown (P6.4).
 */
export interface SecondFactors {
  of(personId: Uuid): Promise<OwnFactors>
  /** A new secret for an app, and the address its QR code holds. It counts once a code of it was typed. Undefined while another app is in use. */
  beginAuthenticator(person: Person): Promise<{ secret: string; uri: string } | undefined>
  confirmAuthenticator(person: Person, code: string, token: string): Promise<Added>
  removeAuthenticator(person: Person): Promise<boolean>
  /** For whom passkeys are made; undefined where the pages have no domain. */
  readonly passkeysFor: RelyingParty | undefined
  beginPasskey(person: Person, token: string): Promise<PublicKeyCredentialCreationOptionsJSON | undefined>
  addPasskey(
    person: Person,
    passkey: { response: RegistrationResponseJSON; name: string },
    token: string,
  ): Promise<Added>
  removePasskey(person: Person, id: string): Promise<boolean>
  /** Ten codes in place of all earlier ones, shown this once. */
  renewRecoveryCodes(person: Person): Promise<readonly string[]>
  /** A code of the app, or a recovery code, for a session that waits for it. */
  proveByCode(token: string, code: string): Promise<Proof>
  /** What a passkey has to sign for a session that waits for it. */
  beginProof(token: string): Promise<PublicKeyCredentialRequestOptionsJSON | undefined>
  proveByPasskey(token: string, response: AuthenticationResponseJSON): Promise<Proof>
  /** Seals secrets anew with the vault's key in use. @returns how many were; zero when all are */
  rotateKeys(limit: number): Promise<number>
}

type Tx = Prisma.TransactionClient

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Vault
  readonly sessions: Sessions
  readonly settings: Pick<Settings, 'WEB_URL'>
}

const ISSUER = 'Moa'
const STEP_S = 30
/** A clock may be one step off, as RFC 6238, 5.2 recommends at most. */
const TOLERANCE_S = STEP_S
const RECOVERY_CODES = 10
const MOST_PASSKEYS = 10

export function createSecondFactors({ database, clock, vault, sessions, settings }: Parts): SecondFactors {
  const { prisma, pool } = database
  const party = relyingParty(settings.WEB_URL)

  const binding = (personId: Uuid) => ({ kind: 'authenticator', ownerId: personId, id: personId }) as const

  /** The step of a code that is right now; undefined for a wrong one. */
  async function stepOf(personId: Uuid, code: string, pending: boolean): Promise<number | undefined> {
    const stored = await findAuthenticator(prisma, personId)
    if (!stored || (stored.confirmedAt === null) !== pending) return undefined
    const secret = vault.open(binding(personId), {
      sealedNumber: Uint8Array.from(stored.sealedSecret),
      keyId: stored.keyId,
    })
    const epoch = Math.floor(clock.now().getTime() / 1000)
    const checked = verifySync({ secret, token: code, epoch, period: STEP_S, epochTolerance: TOLERANCE_S })
    return checked.valid && 'timeStep' in checked ? checked.timeStep : undefined
  }

  async function takeCode(personId: Uuid, code: string, pending = false): Promise<boolean> {
    if (!/^[0-9]{6}$/.test(code)) return false
    const step = await stepOf(personId, code, pending)
    return step !== undefined && takeStep(pool, { personId, step, now: clock.now() })
  }

  /** Counts a try before it is looked at, as for passwords: six digits must not be found by trying. */
  async function tried(personId: Uuid, look: () => Promise<boolean>): Promise<Proof> {
    if (!(await takeFactorTry(database, personId, clock.now()))) return { kind: 'refused', reason: 'locked' }
    if (!(await look())) return { kind: 'refused', reason: 'wrong' }
    await forgetFactorTries(database, personId)
    return { kind: 'proved' }
  }

  /** A factor is there, and this session has shown it. */
  async function added(person: Person, token: string, change: SecurityChange): Promise<Added> {
    return database.transaction(async (tx) => {
      const now = clock.now()
      await tellOfChange(tx, person, change, now)
      await markSecondFactor(tx, person.id, now)
      await noteSecondFactorShown(tx, hashOfToken(token), now)
      return { kind: 'added' }
    })
  }

  /** Codes for nothing are no help: they go with the last factor. */
  async function removed(person: Person, change: SecurityChange, remove: (tx: Tx) => Promise<boolean>) {
    const personId = person.id
    return database.transaction(async (tx) => {
      if (!(await remove(tx))) return false
      const now = clock.now()
      await tellOfChange(tx, person, change, now)
      await markSecondFactor(tx, personId, now)
      const [authenticator, passkeys] = [await findAuthenticator(tx, personId), await findPasskeys(tx, personId)]
      if (!authenticator?.confirmedAt && passkeys.length === 0) await replaceRecoveryCodes(tx, personId, [], now)
      return true
    })
  }

  async function shown(token: string, proof: Proof): Promise<Proof> {
    if (proof.kind === 'proved') await noteSecondFactorShown(prisma, hashOfToken(token), clock.now())
    return proof
  }

  return {
    passkeysFor: party,

    async of(personId) {
      const [authenticator, passkeys, recoveryCodesLeft] = await Promise.all([
        findAuthenticator(prisma, personId),
        findPasskeys(prisma, personId),
        countRecoveryCodes(prisma, personId),
      ])
      return {
        authenticatorSince: authenticator?.confirmedAt ?? undefined,
        passkeys: passkeys.map(({ credentialId, name, createdAt, lastUsedAt }) => ({
          ...{ id: credentialId, name, createdAt },
          lastUsedAt: lastUsedAt ?? undefined,
        })),
        recoveryCodesLeft,
      }
    },

    async beginAuthenticator({ id, email }) {
      const secret = generateSecret()
      const sealed = { personId: id, ...sealedSecret(vault.seal(binding(id), secret)) }
      if (!(await saveAuthenticator(prisma, sealed, clock.now()))) return undefined
      return { secret, uri: generateURI({ issuer: ISSUER, label: email, secret }) }
    },

    async confirmAuthenticator(person, code, token) {
      const proof = await tried(person.id, () => takeCode(person.id, code, true))
      if (proof.kind === 'proved') return added(person, token, 'authenticator-added')
      return { kind: 'refused', reason: proof.reason === 'locked' ? 'locked' : 'wrong' }
    },

    removeAuthenticator: (person) =>
      removed(person, 'authenticator-removed', (tx) => removeAuthenticator(tx, person.id)),

    async beginPasskey({ id, email, name }, token) {
      if (!party) return undefined
      const known = await findPasskeys(prisma, id)
      const options = await generateRegistrationOptions({
        rpName: ISSUER,
        rpID: party.id,
        userName: email,
        userDisplayName: name,
        userID: new TextEncoder().encode(id),
        attestationType: 'none',
        excludeCredentials: known.map(descriptor),
        authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
      })
      await saveChallenge(prisma, hashOfToken(token), options.challenge)
      return options
    },

    async addPasskey(person, { response, name }, token) {
      const personId = person.id
      const challenge = await takeChallenge(pool, hashOfToken(token))
      if (!party || challenge === undefined) return { kind: 'refused', reason: 'wrong' }
      if ((await findPasskeys(prisma, personId)).length >= MOST_PASSKEYS) return { kind: 'refused', reason: 'too-many' }
      const expected = {
        expectedChallenge: challenge,
        expectedOrigin: party.origin,
        expectedRPID: party.id,
        requireUserVerification: false,
      }
      const checked = await verifyRegistrationResponse({ response, ...expected }).catch(() => undefined)
      if (!checked?.verified) return { kind: 'refused', reason: 'wrong' }
      const { id: credentialId, publicKey, counter, transports = [] } = checked.registrationInfo.credential
      const isNew = await insertPasskey(prisma, {
        ...{ personId, credentialId, publicKey: Uint8Array.from(publicKey), counter: BigInt(counter), transports },
        ...{ name: nameOf(name), createdAt: clock.now(), lastUsedAt: null },
      })
      return isNew ? added(person, token, 'passkey-added') : { kind: 'refused', reason: 'wrong' }
    },

    removePasskey: (person, id) => removed(person, 'passkey-removed', (tx) => removePasskey(tx, person.id, id)),

    async renewRecoveryCodes(person) {
      const codes = newCodes()
      const now = clock.now()
      await database.transaction(async (tx) => {
        await replaceRecoveryCodes(tx, person.id, codes.map(hashOfCode), now)
        await tellOfChange(tx, person, 'recovery-codes-renewed', now)
      })
      return codes
    },

    async proveByCode(token, code) {
      const session = await sessions.findPending(token)
      if (!session) return { kind: 'refused', reason: 'no-session' }
      const personId = session.person.id
      const typed = code.replace(/[\s-]/g, '').toLowerCase()
      const takeRecovery = () =>
        database.transaction(async (tx) => {
          if (!(await takeRecoveryCode(tx, personId, hashOfCode(typed)))) return false
          await tellOfChange(tx, session.person, 'recovery-code-used', clock.now())
          return true
        })
      const look = () => (RECOVERY_CODE.test(typed) ? takeRecovery() : takeCode(personId, typed))
      return shown(token, await tried(personId, look))
    },

    async beginProof(token) {
      const session = party && (await sessions.findPending(token))
      const known = session ? await findPasskeys(prisma, session.person.id) : []
      if (!party || known.length === 0) return undefined
      const options = await generateAuthenticationOptions({
        rpID: party.id,
        allowCredentials: known.map(descriptor),
        userVerification: 'preferred',
      })
      await saveChallenge(prisma, hashOfToken(token), options.challenge)
      return options
    },

    async proveByPasskey(token, response) {
      const session = await sessions.findPending(token)
      const challenge = session && (await takeChallenge(pool, hashOfToken(token)))
      if (!party || !session || challenge === undefined) return { kind: 'refused', reason: 'no-session' }
      const personId = session.person.id
      const key = (await findPasskeys(prisma, personId)).find(({ credentialId }) => credentialId === response.id)
      if (!key) return { kind: 'refused', reason: 'wrong' }
      const checked = await verifyAuthenticationResponse({
        ...{ response, expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: party.id },
        credential: {
          ...descriptor(key),
          publicKey: Uint8Array.from(key.publicKey),
          counter: Number(key.counter),
        },
        requireUserVerification: false,
      }).catch(() => undefined)
      if (!checked?.verified) return { kind: 'refused', reason: 'wrong' }
      const counter = checked.authenticationInfo.newCounter
      await notePasskeyUse(prisma, { personId, credentialId: key.credentialId, counter, now: clock.now() })
      return shown(token, { kind: 'proved' })
    },

    async rotateKeys(most) {
      const rows = await findSealedOtherwise(prisma, vault.keyId, most)
      for (const row of rows) {
        const place = binding(row.personId)
        const secret = vault.open(place, { sealedNumber: Uint8Array.from(row.sealedSecret), keyId: row.keyId })
        await saveResealed(prisma, row, sealedSecret(vault.seal(place, secret)))
      }
      return rows.length
    },
  }
}

function descriptor({ credentialId, transports }: { credentialId: string; transports: string[] }) {
  return { id: credentialId, transports: transports as AuthenticatorTransport[] }
}

function sealedSecret({ sealedNumber, keyId }: ReturnType<Vault['seal']>) {
  return { sealedSecret: sealedNumber, keyId }
}

function nameOf(typed: string): string {
  return typed.trim().normalize('NFC').slice(0, 60) || 'Passkey'
}

// 50 random bits in letters and digits that nobody confuses; tries are counted, so that is plenty.
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
const RECOVERY_CODE = /^[a-km-np-z2-9]{10}$/

function newCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const letters = Array.from(randomBytes(10), (byte) => LETTERS[byte % LETTERS.length]!).join('')
    return `${letters.slice(0, 5)}-${letters.slice(5)}`
  })
}

function hashOfCode(code: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    createHash('sha256')
      .update(`recovery\n${code.replace('-', '')}`)
      .digest(),
  )
}
