import {
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { FactorChanges } from './factor-changes'
import type { RelyingParty } from './relying-party'
import {
  findPasskeys,
  insertPasskey,
  notePasskeyUse,
  removePasskey,
  saveChallenge,
  takeChallenge,
} from './second-factor-store'
import { ISSUER, type SecondFactors } from './second-factor'
import { hashOfToken } from './session-token'
import type { Sessions } from './sessions'

type Passkeys = Pick<
  SecondFactors,
  'passkeysFor' | 'beginPasskey' | 'addPasskey' | 'removePasskey' | 'beginProof' | 'proveByPasskey'
>

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly sessions: Pick<Sessions, 'findPending' | 'isProved'>
  readonly changes: FactorChanges
  readonly party: RelyingParty | undefined
}

const MOST_PASSKEYS = 10

/** Fingerprints, faces and security keys (Web Authentication). */
export function createPasskeys({ database, clock, sessions, changes, party }: Parts): Passkeys {
  const { prisma, pool } = database

  return {
    passkeysFor: party,

    async beginPasskey({ id, email, name }, token) {
      if (!party || !(await sessions.isProved(token))) return undefined
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
      if (!(await sessions.isProved(token))) return { kind: 'refused', reason: 'unproved' }
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
      return changes.added({ person, token, change: 'passkey-added' }, (tx) =>
        insertPasskey(tx, {
          ...{ personId, credentialId, publicKey: Uint8Array.from(publicKey), counter: BigInt(counter), transports },
          ...{ name: nameOf(name), createdAt: clock.now(), lastUsedAt: null },
        }),
      )
    },

    removePasskey: (person, id, token) =>
      changes.changed({ person, token, change: 'passkey-removed' }, (tx) => removePasskey(tx, person.id, id)),

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
      return changes.shown(token, (tx) =>
        notePasskeyUse(tx, { personId, credentialId: key.credentialId, counter, now: clock.now() }),
      )
    },
  }
}

function descriptor({ credentialId, transports }: { credentialId: string; transports: string[] }) {
  return { id: credentialId, transports: transports as AuthenticatorTransport[] }
}

function nameOf(typed: string): string {
  return typed.trim().normalize('NFC').slice(0, 60) || 'Passkey'
}
