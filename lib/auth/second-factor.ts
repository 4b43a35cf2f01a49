import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import type { Uuid } from '../ids'
import type { Person } from './person'
import type { RelyingParty } from './relying-party'

/** As people find us in their apps and browsers. */
export const ISSUER = 'Moa'

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
  /** The session goes on under this token: the one before is worth nothing any more (P6.5). */
  | { kind: 'proved'; token: string }
  /** `locked`: too many wrong ones; half an hour later they are looked at again. */
  | { kind: 'refused'; reason: 'wrong' | 'locked' | 'no-session' }

export type Added =
  /** As for a proof; no token where the session has ended meanwhile. */
  | { kind: 'added'; token: string | undefined }
  | { kind: 'refused'; reason: 'wrong' | 'locked' | 'too-many' | 'unproved' }

/** `unproved`: neither the password nor a factor was asked for within the last minutes of this session. */
export type Changed = 'done' | 'missing' | 'unproved'

/**
 * The second factor at log-in: codes of an app (TOTP, RFC 6238) or passkeys (Web Authentication), and recovery codes for whoever has
 * lost both. A session of a person who has one counts for nothing until it was shown (P6.4), and changes them only when its
 * person has typed the password or shown a factor within the last minutes.
 */
export interface SecondFactors {
  of(personId: Uuid): Promise<OwnFactors>
  /**
   * A new secret for an app, and the address its QR code holds. It counts once a code of it was typed. Undefined while another
   * app is in use, and where a session has not proved itself of late.
   */
  beginAuthenticator(person: Person, token: string): Promise<{ secret: string; uri: string } | undefined>
  confirmAuthenticator(person: Person, code: string, token: string): Promise<Added>
  removeAuthenticator(person: Person, token: string): Promise<Changed>
  /** For whom passkeys are made; undefined where the pages have no domain. */
  readonly passkeysFor: RelyingParty | undefined
  beginPasskey(person: Person, token: string): Promise<PublicKeyCredentialCreationOptionsJSON | undefined>
  addPasskey(
    person: Person,
    passkey: { response: RegistrationResponseJSON; name: string },
    token: string,
  ): Promise<Added>
  removePasskey(person: Person, id: string, token: string): Promise<Changed>
  /** Ten codes in place of all earlier ones, shown this once; undefined where a session has not proved itself of late. */
  renewRecoveryCodes(person: Person, token: string): Promise<readonly string[] | undefined>
  /** A code of the app, or a recovery code, for a session that waits for it. */
  proveByCode(token: string, code: string): Promise<Proof>
  /** What a passkey has to sign for a session that waits for it. */
  beginProof(token: string): Promise<PublicKeyCredentialRequestOptionsJSON | undefined>
  proveByPasskey(token: string, response: AuthenticationResponseJSON): Promise<Proof>
  /** Seals secrets anew with the vault's key in use. @returns how many were; zero when all are */
  rotateKeys(limit: number): Promise<number>
}
