import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { aRegistration } from '../auth/auth.fixtures'
import { createPasswordResets, type PasswordResets } from '../auth/password-resets'
import { createPeople, type People } from '../auth/people'
import { type MerchantsRoom, startMerchants } from '../merchants/merchants.fixtures'
import { type Outbox, startOutbox } from './outbox.fixtures'

let room: MerchantsRoom
let people: People
let resets: PasswordResets
let outbox: Outbox
beforeAll(async () => {
  room = await startMerchants()
  const settings = { SESSION_SECRET: 'a secret of tests, forty characters long' }
  people = createPeople({ ...room, settings })
  resets = createPasswordResets({ ...room, settings })
  outbox = await startOutbox({ room, people })
})
afterEach(() => void outbox.mails.splice(0))
afterAll(async () => {
  await outbox.close()
  await room.close()
})

test('the mail to whoever has forgotten their password has the link that opens, and the next one says that it was changed', async () => {
  const result = await people.register(aRegistration({ locale: 'en' }))
  if (result.kind !== 'registered') throw new Error(result.kind)
  const { email } = result.person
  await resets.ask({ email, locale: 'ko' })
  await outbox.sendAll()
  expect(outbox.mails).toMatchObject([{ subject: '[Moa] Choose a new password', to: [{ address: email }] }])
  const link = /https:\/\/moa\.example\/login\/password\/(\S+)/.exec(outbox.mails[0]!.text!)![1]!
  expect(await resets.read(link)).toEqual({ email })

  expect(await resets.reset(link, 'eleven quiet lighthouses')).toEqual({ kind: 'changed' })
  await outbox.sendAll()
  expect(outbox.mails[1]).toMatchObject({ subject: '[Moa] How you log in has changed', to: [{ address: email }] })
  expect(outbox.mails[1]!.text).toContain('Your password was changed')
})

test('P6.7: whoever reads mail at an address without an account is told so, in the language of whoever asked', async () => {
  await resets.ask({ email: 'nobody@mail.example', locale: 'ko' })
  await outbox.sendAll()
  expect(outbox.mails).toMatchObject([
    { subject: '[Moa] 이 주소로 된 계정이 없어요', to: [{ address: 'nobody@mail.example' }] },
  ])
  expect(outbox.mails[0]!.text).toContain('https://moa.example/register')
})
