import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import { type Clock, systemClock } from '../lib/clock'
import { readSettings, type Settings } from '../lib/env'
import { createGateway, type Gateway, type GatewayOptions } from '../lib/gateway'
import type { Uuid } from '../lib/ids'
import { createLog } from '../lib/log'
import type { NewMerchant } from '../lib/merchants/merchants'
import { FILE_BANK_PASSWORD } from '../simulators/bank-files/catalogue'
import { BILLING_CENTRES, CENTRE_PASSWORD } from '../simulators/billing-centre/catalogue'
import { type OutsideWorld, startOutsideWorld } from '../simulators/client'
import { freshDatabase } from './database'

/** A whole gateway on a database of its own, with the outside world in its own process. */
export interface TestGateway {
  readonly gateway: Gateway
  readonly settings: Settings
  readonly outside: OutsideWorld
  readonly databaseUrl: string
  /** A second process' view: the same database and outside world, nothing shared in memory. */
  another(): Promise<Gateway>
  /** One on a machine whose clock says something else. */
  onMachine(machineClock: Clock): Promise<Gateway>
}

export interface TestGatewayOptions {
  readonly clock?: Clock
  readonly env?: Readonly<Record<string, string>>
  /** How long an issuer, telephone company or bank may take before its answer is unknown. */
  readonly issuerTimeLimitMs?: number
}

/** Load must not be mistaken for silence: a busy machine answers within this, and a test of silence waits no longer. */
const PATIENCE_MS = 5_000

/** Environment of a gateway in a test: fresh keys, the given database and outside world. */
export function testEnvironment(
  databaseUrl: string,
  outside: OutsideWorld,
  options: TestGatewayOptions = {},
): Record<string, string> {
  const key = () => randomBytes(32).toString('base64')
  const timeLimitMs = options.issuerTimeLimitMs ?? PATIENCE_MS
  const jwk = (private_: { export(options: { format: 'jwk' }): object }) =>
    JSON.stringify([{ ...private_.export({ format: 'jwk' }), kid: `test-${randomBytes(4).toString('hex')}` }])
  return {
    MOA_MODE: 'demo',
    DATABASE_URL: databaseUrl,
    CARD_KEYS: `test:${key()}`,
    FINGERPRINT_KEY: key(),
    SESSION_SECRET: key(),
    CA_KEYS: jwk(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
    SIGNING_KEYS: jwk(generateKeyPairSync('ed25519').privateKey),
    ENCRYPTION_KEYS: jwk(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
    SMTP_URL: `smtp://127.0.0.1:${outside.ports.smtp}`,
    ISSUER_TIME_LIMIT_MS: String(timeLimitMs),
    SMSC_URL: outside.smscUrl,
    BILLING_DIR: path.join(tmpdir(), `moa-billing-${randomBytes(6).toString('hex')}`),
    BILLING_CENTRES: JSON.stringify(
      BILLING_CENTRES.map(({ code, name, account }) => ({
        ...{
          code,
          name,
          paysAs: { account },
          host: '127.0.0.1',
          port: outside.ports.sftp,
          user: code,
          password: CENTRE_PASSWORD,
        },
      })),
    ),
    BANK_FILES_DIR: path.join(tmpdir(), `moa-bank-files-${randomBytes(6).toString('hex')}`),
    BANK_FILES: JSON.stringify(
      outside.fileBanks.map((bank) => ({
        ...bank,
        ...{ host: '127.0.0.1', port: outside.ports.sftp, user: bank.code, password: FILE_BANK_PASSWORD },
      })),
    ),
    // A bank is given 5 s at most.
    BANKS: JSON.stringify(
      outside.banks.map((bank) => ({
        ...{ ...bank, timeLimitMs: Math.min(timeLimitMs, 5_000) },
        paysAs: { account: bank.passesOnFrom },
      })),
    ),
    TELCO_TIME_LIMIT_MS: String(timeLimitMs),
    TELCOS: JSON.stringify(outside.telcos.map((telco) => ({ ...telco, host: '127.0.0.1' }))),
    ISSUERS: JSON.stringify(
      outside.issuers.map(({ code, name, port, bins, terms, account }) => ({
        code,
        name,
        host: '127.0.0.1',
        port,
        bins,
        termsUrl: terms,
        paysAs: { account },
      })),
    ),
    LOG_LEVEL: 'silent',
    ...options.env,
  }
}

/** Starts everything once for a test file and stops it afterwards. */
export async function startGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const [database, outside] = await Promise.all([freshDatabase(), startOutsideWorld()])
  const settings = readSettings(testEnvironment(database.url, outside, options))
  // The banks believe what is signed with the keys of this gateway.
  await outside.tellBanks({ keys: settings.SIGNING_KEYS.map(({ d: _, ...published }) => published) })
  const opened: Gateway[] = []
  const open = async (time: Pick<GatewayOptions, 'clock' | 'machineClock'>) => {
    const gateway = await createGateway(settings, {
      log: createLog('test', settings.LOG_LEVEL),
      ...time,
      allowVolatile: true,
    })
    opened.push(gateway)
    return gateway
  }
  const another = () => open({ clock: options.clock ?? systemClock })
  const gateway = await another()
  afterAll(async () => {
    for (const each of opened) await each.close()
    await outside.stop()
    await database.drop()
    for (const folder of [settings.BILLING_DIR, settings.BANK_FILES_DIR])
      await rm(folder, { recursive: true, force: true })
  })
  return {
    gateway,
    settings,
    outside,
    databaseUrl: database.url,
    another,
    onMachine: (machineClock) => open({ machineClock }),
  }
}

/** A shop that takes won and dollars by card and V-Card. */
export async function aMerchant(gateway: Gateway, wanted: Partial<NewMerchant> = {}) {
  return gateway.merchants.create({
    name: '모아 상점',
    nameEn: 'Moa Shop',
    categoryCode: '5411',
    currencies: ['KRW', 'USD'],
    confirmation: 'none',
    returnUrls: [],
    modules: ['card', 'vcard'],
    ...wanted,
  })
}

let shoppers = 0

/** A shopper who is registered. */
export async function aShopper(gateway: Gateway): Promise<{ id: Uuid; email: string }> {
  const email = `shopper-${++shoppers}-${randomBytes(4).toString('hex')}@example.com`
  const registered = await gateway.people.register({
    email,
    name: '홍길동',
    password: 'correct horse battery',
    locale: 'ko',
  })
  if (registered.kind !== 'registered') throw new Error(`the shopper of a test was not registered: ${registered.kind}`)
  return { id: registered.person.id, email }
}
