import { randomBytes } from 'node:crypto'
import { aMerchant, type TestGateway } from '../../test/gateway'
import type { Uuid } from '../ids'
import { keyPair, signAs, startShopServer } from '../merchants/merchants.fixtures'
import type { NewMerchant } from '../merchants/merchants'

/** What the shop's server says to a request to cancel, whose claims these are: claims that it signs, or nothing. */
export type Says = (request: Record<string, unknown>) => Record<string, unknown> | 'nothing'

/** A shop by whose contract its server signs every cancel, and that server. */
export interface AskedShop {
  /** host:port, for the allow-list. */
  readonly address: string
  /** What it was asked since it was last told what to say. */
  readonly asked: readonly Record<string, unknown>[]
  says(says: Says): void
  /** Whatever it likes, signed with its registered key. */
  sign(claims: object): string
  register(world: TestGateway, changes?: Partial<NewMerchant>): Promise<Uuid>
  close(): Promise<void>
}

export const secondNow = () => Math.floor(Date.now() / 1000)

/** The answer is for whoever asked, from whoever was asked, about the same. */
const common = ({ iss, aud, jti: re, tid }: Record<string, unknown>) => ({
  ...{ iss: aud, aud: iss, tid, re },
  ...{ iat: secondNow(), exp: secondNow() + 300, jti: randomBytes(16).toString('base64url') },
})

export const agrees = (request: Record<string, unknown>): Record<string, unknown> => {
  const { amount, currency, reason, ref } = request
  return { ...common(request), typ: 'payment.cancel', amount, currency, reason, ref }
}

export const refuses = (request: Record<string, unknown>): Record<string, unknown> => ({
  ...common(request),
  ...{ typ: 'payment.cancel-declined', reason: '이미 발송했어요' },
})

export async function startAskedShop(): Promise<AskedShop> {
  const key = keyPair('shop-1')
  const asked: Record<string, unknown>[] = []
  let answer: Says = agrees
  const server = await startShopServer((body) => {
    const { message } = JSON.parse(body) as { message: string }
    const request = JSON.parse(Buffer.from(message.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>
    asked.push(request)
    const said = answer(request)
    return said === 'nothing' ? { status: 503 } : { body: JSON.stringify({ message: signAs(key, said) }) }
  })
  return {
    ...{ address: server.address, asked, close: server.close },
    says(says) {
      answer = says
      asked.length = 0
    },
    sign: (claims) => signAs(key, claims),
    async register({ gateway }, changes) {
      const { id } = await aMerchant(gateway, { confirmationUrl: server.url, ...changes })
      await gateway.merchants.addKey(id, { jwk: key.jwk })
      const agreed = await gateway.contracts.change(id, { signedCancel: 'required' })
      if (agreed.kind !== 'changed') throw new Error(`the contract of a test was refused: ${agreed.reason}`)
      return id
    },
  }
}
