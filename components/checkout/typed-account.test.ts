import { expect, test } from 'vitest'
import { nothingTypedAccount, readAccount, type TypedAccount } from './typed-account'

const typed: TypedAccount = { bank: 'gaon', account: '9002-0000-001001', name: ' 한지우 ', password: '3702' }

test('an account number may be typed with hyphens, and is sent as its digits', () => {
  expect(readAccount(typed)).toEqual({ bank: 'gaon', account: '90020000001001', name: '한지우', password: '3702' })
})

test.each<Partial<TypedAccount>>([{ bank: '' }, { account: '12345' }, { name: ' ' }, { password: '' }])(
  'nothing is sent while %o is missing or too short',
  (missing) => {
    expect(readAccount({ ...typed, ...missing })).toBeUndefined()
  },
)

test('the only bank is chosen already, of several none is', () => {
  expect(nothingTypedAccount({ banks: [{ code: 'gaon' }], personName: '한지우' })).toMatchObject({
    ...{ bank: 'gaon', name: '한지우' },
  })
  expect(nothingTypedAccount({ banks: [{ code: 'gaon' }, { code: 'marubank' }] })).toMatchObject({ bank: '' })
})
