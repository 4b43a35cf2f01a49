import { expect, test } from './fixtures'

test('every address that npm start prints shows a page', async ({ page, baseURL, places }) => {
  for (const address of [baseURL ?? '', places.shop, places.outsideWorld]) {
    const answer = await page.goto(address)
    expect(answer?.status(), address).toBe(200)
    await expect(page).toHaveTitle(/\S/)
  }
})
