import { expect, test } from 'vitest'
import { expectNowhere } from './nowhere'

const secret = '110-220-330440'
const hex = (text: string) => `(1,"\\x${Buffer.from(text).toString('hex')}")`
const base64 = (text: string) => Buffer.from(text).toString('base64')

test.each([
  ['as it is', `(1,${secret})`],
  ['in bytes', hex(secret)],
  ['in base64', base64(JSON.stringify({ account: secret }))],
  ...['', 'a', 'ab'].map((before) => [
    `in bytes of base64, after ${before.length} others`,
    hex(base64(`${before}${secret},`)),
  ]),
])('a secret that stands in a row %s is found there', (_how, kept) => {
  expect(() => expectNowhere([{ kept: '(1,other)' }, { kept }], secret)).toThrow()
})

test('no rows show nothing, and rows of something else are no secret', () => {
  expect(() => expectNowhere([], secret)).toThrow()
  expectNowhere([{ kept: hex('110-220-330441') }, { kept: null }], secret)
})
