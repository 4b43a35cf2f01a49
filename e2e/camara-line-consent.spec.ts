import { createHash, randomBytes } from 'node:crypto'
import { findsNothing } from './axe'
import { expect, test } from './fixtures'
import { codeFor, giveOutLine, typeCode } from './lines'
import { textOn } from './messages'
import { awake, logIn } from './shopper'

/** Nothing listens there: the browser is met on its way by the journey itself. */
const BACK = 'http://127.0.0.1:9/callback'
const PRICE = 12_000

test('@phone a holder’s word, given with a code, becomes a token that carries the number, and the shop’s program charges that line', async ({
  page,
  browser,
  places,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  test.slow()
  const { authorize } = words.moa.auth
  const { phone } = words.moa
  const { oauthClients: texts } = words.moa.merchant

  // The owner makes a client for the shop that sells over this interface; its secret is shown once.
  const portal = await (await browser.newContext()).newPage()
  await portal.goto('/login?next=/merchant/developers')
  await logIn(
    portal,
    words,
    logins.find(({ role }) => role === 'owner')!,
  )
  const shop = words.language === 'ko' ? '콘텐츠나루' : 'Contents Naru'
  const workplace = portal.getByRole('combobox', { name: words.moa.merchant.workplace })
  await awake(workplace)
  await workplace.selectOption(shop)
  await expect(portal.getByRole('listitem').filter({ hasText: '데모' })).toBeVisible()
  await portal.getByRole('button', { name: texts.create }).click()
  const dialog = portal.getByRole('dialog', { name: texts.create })
  const name = `캐시 충전 ${randomBytes(3).toString('hex')}`
  await dialog.getByRole('textbox', { name: texts.name }).fill(name)
  await dialog.getByRole('textbox', { name: texts.redirects }).fill(BACK)
  await picture('merchant-oauth-client', portal)
  await dialog.getByRole('button', { name: texts.create }).click()
  await expect(dialog.getByText(texts.secret)).toBeVisible()
  const secret = (await dialog.locator('p.font-mono').innerText()).trim()
  await dialog.getByRole('button', { name: texts.secretDone }).click()
  const row = portal.getByRole('listitem').filter({ hasText: name })
  const clientId = /ocl_[0-9a-z]{26}/.exec(await row.innerText())?.[0] ?? ''
  await picture('merchant-oauth-clients', portal)
  await portal.context().close()

  const verifier = randomBytes(32).toString('base64url')
  const state = randomBytes(8).toString('hex')
  const asked = new URLSearchParams({
    ...{ response_type: 'code', client_id: clientId, redirect_uri: BACK, state },
    ...{ scope: 'carrier-billing:payments:create', code_challenge_method: 'S256' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  })
  await page.route(`${BACK}**`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Shop</title>' }))
  const backAt = async () => {
    await page.waitForURL(`${BACK}**`)
    return new URL(page.url()).searchParams
  }

  // Somebody who does not agree goes back with that word, and nothing else.
  await page.goto(`/oauth/authorize?${asked}`)
  await expect(page.getByRole('heading', { name: authorize.title })).toBeVisible()
  await page.getByRole('link', { name: authorize.deny }).click()
  expect(Object.fromEntries(await backAt())).toMatchObject({ error: 'access_denied', state })

  const line = await giveOutLine(outsideWorld)
  await page.goto(`/oauth/authorize?${asked}`)
  await awake(page.locator('form', { has: page.getByLabel(phone.number) }))
  await picture('oauth-authorize', page)
  await findsNothing(page, 'the page on which a line is proved for a program')
  await page.getByRole('button', { name: phone.send, exact: true }).click()
  await expect(page.getByText(phone.fault.number)).toBeVisible()
  await page.getByLabel(phone.number).fill(line.typed)
  await page.getByRole('checkbox', { name: authorize.consent }).check()
  await page.getByRole('button', { name: phone.send, exact: true }).click()
  const sent = await codeFor(outsideWorld, line)
  await expect(page.getByLabel(phone.code)).toBeEditable()
  await picture('oauth-authorize-code', page)
  await typeCode(page, words, sent.digits)
  const answer = await backAt()
  expect(answer.get('state')).toBe(state)
  expect(answer.get('iss')).toBe(new URL(test.info().project.use.baseURL ?? '').origin)

  // From here on the shop's server speaks, without a browser.
  const redeemed = await fetch(`${places.api}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', code: answer.get('code') ?? '', redirect_uri: BACK },
      code_verifier: verifier,
    }),
  })
  expect(redeemed.status).toBe(200)
  const { access_token: token } = (await redeemed.json()) as { access_token: string }
  const pay = (transaction: object) =>
    fetch(`${places.api}/camara/carrier-billing/v0.5/payments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        amountTransaction: {
          referenceCode: randomBytes(6).toString('hex'),
          paymentAmount: { chargingInformation: { amount: PRICE, currency: 'KRW', description: '캐시 충전' } },
          ...transaction,
        },
      }),
    })
  // The number is the token's; naming one as well is refused.
  expect((await pay({ phoneNumber: line.number })).status).toBe(422)
  const paid = await pay({})
  expect(paid.status).toBe(201)
  expect(await paid.json()).toMatchObject({ paymentStatus: 'succeeded' })
  await textOn(outsideWorld, line.number, '12,000', sent.id)
})
