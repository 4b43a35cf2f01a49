import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { readSettings, UnusableEnvironment } from '../../env'

const key = () => randomBytes(32).toString('base64')
const jwk = (kind: 'ed25519' | 'ec') =>
  JSON.stringify([
    {
      ...(kind === 'ec'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('ed25519')
      ).privateKey.export({ format: 'jwk' }),
      kid: kind,
    },
  ])

const BANK = {
  ...{ code: 'gaon', name: { ko: '가온은행', en: 'Gaon Bank' }, url: 'https://bank.example/transfers' },
  ...{ keysUrl: 'https://bank.example/jwks.json', account: '90010000000001' },
}

/** The settings of a production gateway with one bank. */
function settingsWith(changes: object) {
  return readSettings({
    ...{ DATABASE_URL: 'postgres://127.0.0.1/moa', CARD_KEYS: `k:${key()}`, FINGERPRINT_KEY: key() },
    ...{ SESSION_SECRET: key(), SIGNING_KEYS: jwk('ed25519'), ENCRYPTION_KEYS: jwk('ec'), CA_KEYS: jwk('ec') },
    BANKS: JSON.stringify([{ ...BANK, ...changes }]),
  })
}

test('a bank takes won within 4 s and hears no amount before the transfer, unless the settings say so', () => {
  expect(settingsWith({}).BANKS).toMatchObject([{ currencies: ['KRW'], timeLimitMs: 4000, checksBalance: false }])
})

test.each<[string, object]>([
  ['reached in the clear', { url: 'http://bank.example' }],
  ['with keys that are looked up in the clear', { keysUrl: 'http://bank.example/jwks.json' }],
  ['without keys', { keysUrl: undefined }],
  ['without an account of ours', { account: '' }],
  ['in a currency that there is not', { currencies: ['won'] }],
  ['that may take longer than a payment waits', { timeLimitMs: 60_000 }],
])('production does not start with a bank %s', (_, changes) => {
  expect(() => settingsWith(changes)).toThrow(UnusableEnvironment)
})
