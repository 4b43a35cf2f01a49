import { z } from 'zod'
import { currencyCodes } from './money/currency'

const code = z.string().regex(/^[a-z0-9-]{1,32}$/)
const bothNames = z.object({ ko: z.string(), en: z.string() })

export const privateJwk = z.looseObject({ kid: z.string(), kty: z.string() })

/** A clock's hour and minute, such as 02:00. */
export const timeOfDay = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/)

/**
 * How somebody's payments to us are known in our bank's statements: the account that they come from, the payer's name. Both are
 * told in statements and in credit advices alike. All that is said has to be so.
 */
export const paysAs = z
  .strictObject({
    account: z
      .string()
      .regex(/^[0-9A-Za-z][0-9A-Za-z -]{3,39}$/)
      .optional(),
    name: z.string().min(2).max(140).optional(),
  })
  .refine(({ account, name }) => account ?? name, 'must have an account or a name')

const sftpServer = {
  host: z.string(),
  port: z.number().int(),
  user: z.string(),
  password: z.string().optional(),
  /** A private key in PEM or OpenSSH form, in place of a password. */
  privateKey: z.string().optional(),
  /** SHA-256 of the server's public key as ssh-keygen -l shows it: SHA256:… */
  hostKey: z
    .string()
    .regex(/^SHA256:[A-Za-z0-9+/]{43}$/)
    .optional(),
}

/** An authorization server of card issuers, and the first digits of the cards it answers for. */
export const issuer = z.object({
  code,
  name: bothNames,
  host: z.string(),
  port: z.number().int(),
  bins: z.array(z.string().regex(/^[0-9]{4,11}$/)),
  termsUrl: z.url().optional(),
  connections: z.number().int().min(1).max(64).default(2),
  paysAs: paysAs.optional(),
})

/** A customer management system: a calling card or a telephone number whose first digits it owns is its business. */
export const telco = z.object({
  code,
  name: bothNames,
  kind: z.enum(['PSTN', 'IN']),
  host: z.string(),
  port: z.number().int(),
  /** First characters of the numbers: E.164 with the plus for PSTN, digits for IN; an empty text takes all of the kind. */
  prefixes: z.array(z.string().regex(/^\+?[0-9]{0,15}$/)).min(1),
  /** Code of the billing centre that puts its charges on bills. */
  centre: z.string().regex(/^[A-Z0-9]{1,8}$/),
  connections: z.number().int().min(1).max(64).default(2),
})

/** A charge management system: takes charging files by SFTP and puts their purchases on bills. */
export const billingCentre = z.object({
  /** As the header of a charging file names it. */
  code: z.string().regex(/^[A-Z0-9]{1,8}$/),
  name: bothNames,
  ...sftpServer,
  /** Where charging files go, and where acknowledgements and collection files are found. */
  folders: z.object({ charges: z.string(), results: z.string() }).default({ charges: '/charges', results: '/results' }),
  zone: z.string().default('Asia/Seoul'),
  /** When the day's file is made, by the clocks of the zone. */
  at: timeOfDay.default('02:00'),
  currency: z.string().default('KRW'),
  paysAs: paysAs.optional(),
})

/** A bank from whose accounts shoppers pay by transfer; keys is its JWKS, pinned, in place of looking it up. */
export const bank = z
  .object({
    code,
    name: bothNames,
    /** Address before /accounts/verify. */
    url: z.url({ protocol: /^https?$/ }),
    keysUrl: z.url({ protocol: /^https?$/ }).optional(),
    keys: z.object({ keys: z.array(z.unknown()) }).optional(),
    /** Signs what we say to this bank, in place of the first of SIGNING_KEYS. */
    signingKey: privateJwk.optional(),
    /** Our account at the bank, to which transfers go. */
    account: z.string().min(1).max(34),
    currencies: z.array(z.enum(currencyCodes)).min(1).default(['KRW']),
    /** After this the bank has not answered. Two requests must fit into what a payment module may take. */
    timeLimitMs: z.number().int().min(50).max(5_000).default(4_000),
    /** The bank is told the amount when an account is verified, and says then whether the balance is enough. */
    checksBalance: z.boolean().default(false),
    /** How it passes on to our other bank what was transferred to us, where our account there has no statements of its own. */
    paysAs: paysAs.optional(),
  })
  .refine(({ keysUrl, keys }) => keysUrl ?? keys, 'must have keysUrl or keys')

/** A bank with which ISO 20022 files are exchanged by SFTP, and our account there (docs/links/bank.md). */
export const bankFiles = z.object({
  code,
  name: bothNames,
  ...sftpServer,
  /** Where our orders go, and where what the bank reports is found. */
  folders: z
    .object({ outgoing: z.string(), incoming: z.string() })
    .default({ outgoing: '/to-bank', incoming: '/from-bank' }),
  /** Our account there, as its files and our statements name it, and its holder. */
  account: z.string().regex(/^[A-Z0-9]{1,34}$/),
  holder: z.string().min(1).max(70),
  /** The bank's BIC, where its files name it. */
  bic: z
    .string()
    .regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/)
    .optional(),
  currency: z.enum(currencyCodes).default('KRW'),
  /** As whom and from where it collects direct debits; absent: it collects none. */
  debits: z
    .object({
      /** Who we are in mandates. */
      creditorId: z.string().regex(/^[A-Za-z0-9]{1,35}$/),
      /** The bank's own number in clearing. */
      memberId: z.string().regex(/^[A-Za-z0-9]{1,35}$/),
      /** Days between telling the payer and collecting. */
      noticeDays: z.number().int().min(0).max(30).default(1),
      /** The banks whose accounts can be collected from, by their numbers in clearing. */
      reaches: z
        .array(
          z.object({
            code,
            name: bothNames,
            memberId: z.string().regex(/^[A-Za-z0-9]{1,35}$/),
          }),
        )
        .min(1),
    })
    .optional(),
})

export type PaysAs = z.output<typeof paysAs>
export type TelcoSettings = z.output<typeof telco>
export type BillingCentreSettings = z.output<typeof billingCentre>
export type BankFilesSettings = z.output<typeof bankFiles>
