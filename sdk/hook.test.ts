import { expect, test } from 'vitest'
import { aKey, aMoa, MERCHANT, startKeyServer } from './sdk.fixtures'

const gateway = await startKeyServer()
const moa = aMoa(gateway.url, { signingKey: aKey('shop-key').privateJwk })
const second = () => Math.floor(Date.now() / 1000)
let asked = 0

async function question(wanted: Record<string, unknown> = {}): Promise<string> {
  const message = await gateway.signer.sign({
    ...{ iss: gateway.url, aud: MERCHANT, typ: 'payment.hook', point: 'before-capture' },
    ...{ tid: 'pay_01jbxrm5h3f8w9k2v7n4t6q0ze', orderRef: 'A-1', amount: '5000', currency: 'KRW' },
    ...{ modules: ['card'], metadata: { cart: 'C-1' }, iat: second(), exp: second() + 300, jti: `hook-${++asked}` },
    ...wanted,
  })
  return JSON.stringify({ message })
}

const claimsOf = (body: string) => {
  const { message } = JSON.parse(body) as { message: string }
  return JSON.parse(Buffer.from(message.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>
}

test('a shop allows or denies by what it is told of the payment, signed and bound to the question', async () => {
  const decide = ({ amount }: { amount: bigint }) => (amount > 1000n ? { no: '너무 커요' } : ('yes' as const))
  const no = await moa.answerHook(await question({ jti: 'the-question' }), decide)
  expect(no).toMatchObject({ kind: 'denied', status: 200 })
  expect(claimsOf(no.body)).toMatchObject({ re: 'the-question', verdict: 'denied', words: '너무 커요', iss: MERCHANT })
  const yes = await moa.answerHook(await question({ amount: '900' }), decide)
  expect(claimsOf(yes.body)).toMatchObject({ verdict: 'allowed' })
})

test('what does not come from the gateway, for this shop and purpose, once, is not answered', async () => {
  const yes = () => 'yes' as const
  for (const wanted of [
    { aud: 'mer_other' },
    { typ: 'payment.confirm' },
    { iat: second() - 4000, exp: second() - 3000 },
  ])
    expect(await moa.answerHook(await question(wanted), yes)).toMatchObject({ kind: 'refused', status: 401 })
  const once = await question()
  await moa.answerHook(once, yes)
  expect(await moa.answerHook(once, yes)).toMatchObject({ kind: 'refused', reason: 'replayed' })
  expect(await moa.answerHook('{}', yes)).toMatchObject({ kind: 'refused', reason: 'malformed' })
})
