import 'server-only'
import { createHmac } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { cookies } from 'next/headers'
import { z } from 'zod'
import { readPublicId } from '@/lib/ids'
import type { Uuid } from '@/lib/ids'
import type { Gateway } from '@/lib/gateway'
import { cookieName, cookieOptions } from './cookie-names'

/** Which payment a browser may look at and pay: the shop's signed link said so (M-181). */
export interface CheckoutSession {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
}

/** Longer than a checkout stays open, so that the result can still be read afterwards. */
const LIFE_S = 2 * 60 * 60

const claims = z.object({ mer: z.uuid(), pay: z.uuid() })

/** Each payment has a cookie of its own, so that two checkouts in two tabs do not disturb each other. */
const nameFor = (gateway: Gateway, id: string) => cookieName(gateway.settings, `checkout-${id.slice(-13)}`)

// A key of its own: a cookie made for one purpose must be worth nothing for another.
const keyOf = ({ settings }: Gateway) =>
  createHmac('sha256', settings.SESSION_SECRET).update('checkout-session').digest()

/** Lets this browser go on with a payment. Only where cookies can be written: in a route or an action. */
export async function startCheckoutSession(gateway: Gateway, id: string, session: CheckoutSession): Promise<void> {
  const value = await new SignJWT({ mer: session.merchantId, pay: session.paymentId })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt(gateway.clock.now())
    .setExpirationTime(Math.floor(gateway.clock.now().getTime() / 1000) + LIFE_S)
    .sign(keyOf(gateway))
  const jar = await cookies()
  jar.set(nameFor(gateway, id), value, { ...cookieOptions(gateway.settings), maxAge: LIFE_S })
}

/** The checkout session for a payment by its public identifier; undefined when this browser has none. */
export async function checkoutSession(gateway: Gateway, id: string): Promise<CheckoutSession | undefined> {
  const paymentId = readPublicId('pay', id)
  const jar = await cookies()
  const value = jar.get(nameFor(gateway, id))?.value
  if (!paymentId || !value) return undefined
  try {
    const { payload } = await jwtVerify(value, keyOf(gateway), {
      algorithms: ['HS256'],
      currentDate: gateway.clock.now(),
    })
    const { mer, pay } = claims.parse(payload)
    return pay === paymentId ? { merchantId: mer, paymentId } : undefined
  } catch {
    return undefined
  }
}
