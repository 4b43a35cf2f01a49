import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Uuid } from '../ids'

/**
 * Remembers in a browser that its person has logged in there before. It lets nobody in; it only keeps guesses made
 * elsewhere from locking this browser out (P6.4: strangers cannot keep an owner out).
 */
export interface DeviceTokens {
  issue(personId: Uuid): string
  /** The device's id, if the token was issued to this person; undefined for anything else. */
  read(token: string, personId: Uuid): string | undefined
}

export function createDeviceTokens(secret: string): DeviceTokens {
  const mark = (deviceId: string, personId: Uuid) =>
    createHmac('sha256', secret).update(`device\n${personId}\n${deviceId}`).digest('base64url')

  return {
    issue(personId) {
      const deviceId = randomBytes(16).toString('base64url')
      return `${deviceId}.${mark(deviceId, personId)}`
    },
    read(token, personId) {
      const [deviceId = '', given = '', ...rest] = token.split('.')
      if (rest.length > 0 || !/^[A-Za-z0-9_-]{22}$/.test(deviceId)) return undefined
      const expected = Buffer.from(mark(deviceId, personId))
      const actual = Buffer.from(given)
      return actual.length === expected.length && timingSafeEqual(actual, expected) ? deviceId : undefined
    },
  }
}
