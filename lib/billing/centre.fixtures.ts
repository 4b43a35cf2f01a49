import { createVault, type Vault } from '../cards/vault'
import type { BillingCentreSettings } from '../link-settings'

/** A billing centre of the outside world, as the settings name it. */
export const centreSettings = (port: number, code = 'BARAM'): BillingCentreSettings => ({
  ...{ code, name: { ko: code, en: code }, host: '127.0.0.1', port, user: code, password: 'billing' },
  ...{ folders: { charges: '/charges', results: '/results' }, zone: 'Asia/Seoul', at: '02:00', currency: 'KRW' },
})

/** A vault with one key, so that another process can open what a test has sealed. */
export const vaultOf = (key: string): Vault =>
  createVault({
    sealing: [{ id: 'test', key: Buffer.from(key, 'base64') }],
    fingerprint: Buffer.from(key, 'base64'),
  })
