import { BANKS } from '../simulators/bank/catalogue'
import { FILE_BANK_PASSWORD, FILE_BANKS } from '../simulators/bank-files/catalogue'
import { BILLING_CENTRES, CENTRE_PASSWORD } from '../simulators/billing-centre/catalogue'
import { ISSUERS } from '../simulators/issuers/catalogue'
import { TELCOS } from '../simulators/telco/catalogue'
import type { DemoSecrets } from './demo-secrets'
import type { Ports } from './ports'

export type Settings = Readonly<Record<string, string>>

/** What the gateway's processes need to know in a demo, by the names of lib/env.ts: everything outside is the simulators. */
export function demoSettings(ports: Ports, secrets: DemoSecrets, databaseUrl: string): Settings {
  return {
    ...secrets,
    MOA_MODE: 'demo',
    DATABASE_URL: databaseUrl,
    // Demo people log in with one click; whoever wants to try a second factor adds one.
    STAFF_SECOND_FACTOR: 'offered',
    WEB_URL: `http://127.0.0.1:${ports.web}`,
    API_HOST: '127.0.0.1',
    API_PORT: String(ports.api),
    MODULES: JSON.stringify([
      { package: './examples/module-points', settings: { url: `http://127.0.0.1:${ports.points}` } },
    ]),
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    OUTGOING_ALLOW: `127.0.0.1:${ports.shop},127.0.0.1:${ports.secondShop}`,
    SMSC_URL: `smpp://moa:moa@127.0.0.1:${ports.smsc}`,
    TELCOS: JSON.stringify(TELCOS.map((telco, index) => ({ ...telco, host: '127.0.0.1', port: ports.telcos[index] }))),
    BANKS: JSON.stringify(
      BANKS.map(({ gatewayAccount: account, passesOnFrom, ...bank }) => {
        const url = `http://127.0.0.1:${ports.bank}/${bank.code}`
        return { ...bank, url, keysUrl: `${url}/jwks.json`, account, paysAs: { account: passesOnFrom } }
      }),
    ),
    BANK_FILES: JSON.stringify(
      FILE_BANKS.map((bank) => ({
        ...bank,
        ...{ host: '127.0.0.1', port: ports.sftp, user: bank.code, password: FILE_BANK_PASSWORD },
      })),
    ),
    BILLING_CENTRES: JSON.stringify(
      BILLING_CENTRES.filter(({ code }) => TELCOS.some(({ centre }) => centre === code)).map(
        ({ code, name, account }) => ({
          ...{
            code,
            name,
            paysAs: { account },
            host: '127.0.0.1',
            port: ports.sftp,
            user: code,
            password: CENTRE_PASSWORD,
          },
        }),
      ),
    ),
    ISSUERS: JSON.stringify(
      ISSUERS.map(({ code, name, bins, account }, index) => ({
        code,
        name,
        host: '127.0.0.1',
        port: ports.issuers[index],
        bins,
        termsUrl: `http://127.0.0.1:${ports.outsideWorld}/issuers/${code}`,
        paysAs: { account },
      })),
    ),
  }
}
