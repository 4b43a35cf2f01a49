import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { WorldInside } from '../world.fixtures'
import { worldInside } from '../world.fixtures'

let world: WorldInside
beforeAll(async () => {
  world = await worldInside()
})
afterAll(() => world.close())
beforeEach(() => world.reset())

const transport = (settings = {}) => createTransport({ host: '127.0.0.1', port: world.ready.smtp, ...settings })
const send = (to: string, more = {}) =>
  transport().sendMail({ from: 'moa@example.test', to, subject: '영수증', text: '결제 완료', ...more })

test('a mail is in the inbox with its words and addresses, newest first', async () => {
  await send('a@example.test')
  await send('B@example.test', { subject: 'Receipt', html: '<p>Paid</p>' })
  const mails = await world.mail()
  expect(mails).toMatchObject([
    {
      from: 'moa@example.test',
      to: ['b@example.test'],
      subject: 'Receipt',
      html: expect.stringContaining('<p>Paid</p>'),
    },
    { to: ['a@example.test'], subject: '영수증', text: expect.stringContaining('결제 완료') },
  ])
  expect(await world.mail({ to: 'A@example.test' })).toHaveLength(1)
  expect(await world.mail({ after: mails[1]?.id })).toHaveLength(1)
})

test('whoever waits for a mail gets it when it comes', async () => {
  const waiting = world.mail({ to: 'late@example.test', waitMs: 20_000 })
  await send('other@example.test')
  await send('late@example.test')
  expect(await waiting).toMatchObject([{ to: ['late@example.test'] }])
})

test('waiting ends with nothing when the time is up', async () => {
  expect(await world.mail({ to: 'nobody@example.test', waitMs: 20 })).toEqual([])
})

test('a switch refuses a recipient for good, or for now, and nothing is kept', async () => {
  await world.mailSwitch({ do: 'refuse', to: 'gone@example.test', times: 1 })
  await expect(send('gone@example.test')).rejects.toMatchObject({ responseCode: 550 })
  await world.mailSwitch({ do: 'try-later', times: 1 })
  await expect(send('a@example.test')).rejects.toMatchObject({ responseCode: 451 })
  expect(await world.mail()).toEqual([])
  await send('gone@example.test')
  expect(await world.mail()).toHaveLength(1)
})

test('a switch keeps the sender waiting without an answer', async () => {
  await world.mailSwitch({ do: 'stall', times: 1 })
  const impatient = transport({ socketTimeout: 100 })
  await expect(impatient.sendMail({ from: 'a@example.test', to: 'b@example.test', text: 'x' })).rejects.toThrow()
  expect(await world.mail()).toEqual([])
})

test('a mail’s page is shown without scripts and without loading anything', async () => {
  await send('a@example.test', { html: '<script>alert(1)</script>' })
  const [mail] = await world.mail()
  const shown = await fetch(`${world.url}/mail/${mail?.id}/html`)
  expect(shown.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
})
