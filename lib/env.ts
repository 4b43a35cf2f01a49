import { z } from 'zod'
import { createClientAddress } from './client-address'
import { bank, bankFiles, billingCentre, issuer, privateJwk, telco, timeOfDay } from './link-settings'

/** Thrown at start when the environment is not usable: says which variable, and what it should hold. */
export class UnusableEnvironment extends Error {
  override name = 'UnusableEnvironment'
}

const base64Key = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length === 32, 'must be 32 bytes in base64')

const cardKeys = z
  .string()
  .transform((text) =>
    text.split(',').map((pair) => {
      const [id = '', key = ''] = pair.split(':')
      return { id, key: Buffer.from(key, 'base64') }
    }),
  )
  .refine(
    (keys) => keys.every(({ id, key }) => /^[a-z0-9-]{1,32}$/.test(id) && key.length === 32),
    'must be id:base64 of 32 bytes, the key in use first, older ones after it, separated by commas',
  )

/** What numbers are sealed with, for commands that need nothing else of the settings. */
export const vaultSettings = z.object({ CARD_KEYS: cardKeys, FINGERPRINT_KEY: base64Key })

const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)

const proxies = z
  .string()
  .transform((text) => text.split(',').flatMap((entry) => (entry.trim() === '' ? [] : [entry.trim()])))
  .refine(areProxies, 'must be addresses or networks (CIDR), separated by commas')

/** A payment module that somebody else has written: an installed package or a folder, and what it wants to be told. */
const modulePackage = z.object({
  package: z.string().min(1).max(500),
  settings: z.record(z.string(), z.unknown()).default({}),
})

const authorityKey = z.looseObject({
  kid: z.string().regex(/^[A-Za-z0-9._~-]{1,64}$/),
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  /** Certificates of the key and of those above it, where it is not a root: base64 of DER, the believed root last. */
  x5c: z.array(z.base64()).min(1).max(4).optional(),
})

const demoTour = z.object({
  shop: z.url(),
  outsideWorld: z.url(),
  api: z.url(),
  logins: z.array(
    z.object({
      role: z.enum(['shopper', 'owner', 'staff', 'counselor', 'courier', 'operator', 'auditor']),
      email: z.string(),
      password: z.string(),
    }),
  ),
})

const environment = z.object({
  /** demo: simulators, demo people and keys are allowed. production: they are refused. */
  MOA_MODE: z.enum(['demo', 'production']).default('production'),
  DATABASE_URL: z.url(),
  /** Connections of one process to PostgreSQL. */
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(200).default(10),
  /**
   * Addresses and networks (CIDR), separated by commas, of proxies before the pages and the API: only what they write into
   * X-Forwarded-For is believed. Empty: nobody, and the address of the connection counts.
   */
  TRUSTED_PROXIES: proxies.default([]),
  /** Where shoppers and merchants reach the pages; the checkout's links begin with it. */
  WEB_URL: z.url().default('http://127.0.0.1:3000'),
  API_PORT: z.coerce.number().int().default(3003),
  API_HOST: z.string().default('127.0.0.1'),
  TIME_ZONE: z.string().default('Asia/Seoul'),
  /** Keys that seal card numbers: the first seals, all of them open. */
  CARD_KEYS: cardKeys,
  /** Key of the hash by which card numbers are found again. */
  FINGERPRINT_KEY: base64Key,
  SESSION_SECRET: z.string().min(32),
  /** required: whoever works for a shop or runs the gateway logs in with a second factor (P6.4). offered: whoever has set one up. */
  STAFF_SECOND_FACTOR: z.enum(['required', 'offered']).default('required'),
  /** Whoever sets what a payment by a module costs a shop. operator: owners see it, and cannot change it. */
  MODULE_FEES: z.enum(['merchant', 'operator']).default('merchant'),
  /** Private JWKs (EC P-256) of our certification authority; the first issues certificates, those of all are believed. */
  CA_KEYS: json(z.array(authorityKey).min(1)),
  /** Private JWKs (Ed25519) that sign what we say to shops; the first signs, all are published. */
  SIGNING_KEYS: json(z.array(privateJwk).min(1)),
  /** Private JWKs (EC P-256) to which browsers encrypt card data; the first is offered, all open. */
  ENCRYPTION_KEYS: json(z.array(privateJwk).min(1)),
  ISSUERS: json(z.array(issuer)).default([]),
  /** How long an issuer may take before its answer counts as unknown (issuer link profile: 5 s); shorter than the lease of a payment. */
  ISSUER_TIME_LIMIT_MS: z.coerce.number().int().min(50).max(10_000).default(5000),
  ACQUIRER_ID: z
    .string()
    .regex(/^[0-9]{1,11}$/)
    .default('900001'),
  TERMINAL_ID: z
    .string()
    .regex(/^[A-Z0-9]{1,8}$/)
    .default('MOA00001'),
  TELCOS: json(z.array(telco)).default([]),
  /** How long a customer management system may take before its answer counts as none (telco link profile: 4 s). */
  TELCO_TIME_LIMIT_MS: z.coerce.number().int().min(50).max(10_000).default(4000),
  BANKS: json(z.array(bank)).default([]),
  /** Payment modules of others, loaded at start, each in a thread of its own (docs/modules.md). */
  MODULES: json(z.array(modulePackage)).default([]),
  BANK_FILES: json(z.array(bankFiles)).default([]),
  /** Copies of record of the orders that go to those banks. */
  BANK_FILES_DIR: z.string().min(1).default('bank-files'),
  /** Secret key of a Stripe account; without one the module stripe does not exist. */
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_[A-Za-z0-9_]+$/)
    .optional(),
  /** Another address than Stripe's own, for tests only. */
  STRIPE_URL: z.url({ protocol: /^https?$/ }).optional(),
  STRIPE_TIME_LIMIT_MS: z.coerce.number().int().min(50).max(10_000).default(8_000),
  /** smpp://user:password@host:port of the SMS centre; without one no SMS goes out. */
  SMSC_URL: z.url({ protocol: /^smpps?$/ }).optional(),
  /** Whom messages come from: a short code, a number or up to eleven letters and digits. */
  SMS_FROM: z
    .string()
    .regex(/^(\+?[0-9]{3,20}|[A-Za-z0-9]{1,11})$/)
    .default('1588'),
  BILLING_CENTRES: json(z.array(billingCentre)).default([]),
  /** Where charging files are kept before they are sent: the copies of record (M-30). */
  BILLING_DIR: z.string().min(1).default('billing'),
  /** Who we are to the billing centres. */
  GATEWAY_ID: z
    .string()
    .regex(/^[A-Z0-9]{1,8}$/)
    .default('MOA00001'),
  /** Where the holder of a line says that somebody else bought something: a telephone number or web address (P7.3); WEB_URL when absent. */
  PHONE_BILL_CONTACT: z.string().min(3).max(60).optional(),
  SMTP_URL: z.url().default('smtp://127.0.0.1:3025'),
  MAIL_FROM: z.string().default('Moa <receipts@moa.example>'),
  /** host:port pairs that webhooks and confirmations may reach although they are not public. Empty in production (P5.6). */
  OUTGOING_ALLOW: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter(Boolean)),
  /** Requests that one client of the CAMARA interface may make in a minute, over all processes. */
  CAMARA_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).default(6000),
  /** Where Prometheus finds the figures of this process, at /metrics; without a port they are not kept. */
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  /** What Prometheus shows as its bearer token; required where others than this machine can connect. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** http(s) address of an OpenTelemetry collector (OTLP over HTTP); without one nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** For how many days after it was paid a payment can be disputed. */
  DISPUTE_WINDOW_DAYS: z.coerce.number().int().min(1).max(3650).default(180),
  /** How many days the shop has to answer a dispute, and then whoever decides it. */
  DISPUTE_ANSWER_DAYS: z.coerce.number().int().min(1).max(365).default(7),
  DISPUTE_DECISION_DAYS: z.coerce.number().int().min(1).max(365).default(14),
  /** How many days the transaction log goes back. */
  TRANSACTION_LOG_DAYS: z.coerce.number().int().min(1).max(3650).default(90),
  /** How many days shops see of their own requests to the API. */
  API_LOG_DAYS: z.coerce.number().int().min(1).max(365).default(14),
  /** When the statistics of the day before are made, by the clocks of TIME_ZONE. */
  STATISTICS_AT: timeOfDay.default('00:30'),
  /** When totals are compared with the issuers', by the clocks of TIME_ZONE. */
  CUT_OVER_AT: timeOfDay.default('01:00'),
  /** When merchants' payouts of a day are made, by the clocks of their own zones. */
  SETTLEMENT_AT: timeOfDay.default('04:00'),
  /** What the tour of the demo leads to; `npm start` knows it. Never in production. */
  DEMO_TOUR: json(demoTour).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

function areProxies(entries: readonly string[]): boolean {
  try {
    createClientAddress(entries)
    return true
  } catch {
    return false
  }
}

export type Settings = z.output<typeof environment>

/**
 * Reads the settings once, at start.
 * @throws UnusableEnvironment naming every variable that is missing or wrong, never its value
 */
export function readSettings(source: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const read = environment.safeParse(source)
  if (!read.success) {
    const lines = read.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new UnusableEnvironment(`The environment cannot be used:\n${lines.join('\n')}\nSee docs/settings.md.`)
  }
  const settings = read.data
  if (settings.MOA_MODE === 'production' && settings.OUTGOING_ALLOW.length > 0) {
    throw new UnusableEnvironment('OUTGOING_ALLOW is for tests and demos; production reaches public addresses only.')
  }
  if (settings.MOA_MODE === 'production' && settings.DEMO_TOUR) {
    throw new UnusableEnvironment('DEMO_TOUR shows logins; production has no demo people.')
  }
  const unsure = settings.BILLING_CENTRES.find(({ hostKey }) => !hostKey)
  if (settings.MOA_MODE === 'production' && unsure) {
    throw new UnusableEnvironment(`BILLING_CENTRES: ${unsure.code} needs a hostKey, so that files go to nobody else.`)
  }
  if (settings.MOA_MODE === 'production' && settings.STRIPE_URL) {
    throw new UnusableEnvironment('STRIPE_URL is for tests; in production the key goes to Stripe and nobody else.')
  }
  const unsureBank = settings.BANK_FILES.find(({ hostKey }) => !hostKey)
  if (settings.MOA_MODE === 'production' && unsureBank) {
    throw new UnusableEnvironment(`BANK_FILES: ${unsureBank.code} needs a hostKey, so that files go to nobody else.`)
  }
  const inClear = settings.BANKS.find(({ url, keysUrl }) => [url, keysUrl].some((each) => each?.startsWith('http:')))
  if (settings.MOA_MODE === 'production' && inClear) {
    throw new UnusableEnvironment(`BANKS: ${inClear.code} has to be reached by https.`)
  }
  const isLocal = ['127.0.0.1', '::1', 'localhost'].includes(settings.METRICS_HOST)
  if (settings.METRICS_PORT !== undefined && !isLocal && settings.METRICS_TOKEN === undefined) {
    throw new UnusableEnvironment('METRICS_TOKEN is required where METRICS_HOST is not this machine alone.')
  }
  return settings
}
