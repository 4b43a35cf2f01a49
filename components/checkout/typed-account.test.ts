import { expect, test } from 'vitest'
import { nothingTypedAccount, readAccount, type TypedAccount } from './typed-account'

const typed: TypedAccount = {
  ...{ savedId: '', keeps: false, bank: 'gaon', account: '9002-0000-001001', name: ' 한지우 ', password: '3702' },
}

test('an account number may be typed with hyphens, and is sent as its digits', () => {
  expect(readAccount(typed)).toEqual({ bank: 'gaon', account: '90020000001001', name: '한지우', password: '3702' })
})

test.each<Partial<TypedAccount>>([{ bank: '' }, { account: '12345' }, { name: ' ' }, { password: '' }])(
  'nothing is sent while %o is missing or too short',
  (missing) => {
    expect(readAccount({ ...typed, ...missing })).toBeUndefined()
  },
)

test('of an account that was kept only the password is asked for and sent (M-192)', () => {
  const kept = { ...typed, savedId: 'kept-account', bank: '', account: '', name: '' }
  expect(readAccount(kept)).toEqual({ savedAccountId: 'kept-account', password: '3702' })
  expect(readAccount({ ...kept, password: '' })).toBeUndefined()
})

test('the account that was kept last is chosen already', () => {
  const view = { banks: [{ code: 'gaon' }], bankAccounts: [{ id: 'latest' }, { id: 'older' }] }
  expect(nothingTypedAccount(view)).toMatchObject({ savedId: 'latest', password: '', keeps: false })
})

test('the only bank is chosen already, of several none is', () => {
  expect(nothingTypedAccount({ bankAccounts: [], banks: [{ code: 'gaon' }], personName: '한지우' })).toMatchObject({
    ...{ bank: 'gaon', name: '한지우' },
  })
  expect(nothingTypedAccount({ bankAccounts: [], banks: [{ code: 'gaon' }, { code: 'marubank' }] })).toMatchObject({
    bank: '',
  })
})
