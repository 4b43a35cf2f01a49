import { expect, test } from 'vitest'
import { aRegistration } from '../lib/auth/auth.fixtures'
import { publicId } from '../lib/ids'
import { NO_MERCHANT } from '../lib/messages/message'
import { startGateway } from '../test/gateway'
import { appointToSystem } from './appoint-to-system'

const { gateway } = await startGateway()

test('a second operator is appointed by command, which stands in the operators’ record, and dismissed again', async () => {
  const registered = await gateway.people.register(aRegistration({ email: 'second@moa.example' }))
  if (registered.kind !== 'registered') throw new Error(registered.kind)
  const { id } = registered.person
  const roles = async () =>
    (await gateway.people.systemMembers()).filter(({ person }) => person.id === id).map(({ role }) => role)

  expect(await appointToSystem(gateway, { email: ' Second@Moa.example', role: 'operator' })).toBe(true)
  expect(await roles()).toEqual(['operator'])
  expect(await appointToSystem(gateway, { email: 'second@moa.example', role: undefined })).toBe(true)
  expect(await roles()).toEqual([])
  const noted = await gateway.audit.list(NO_MERCHANT, { object: publicId('per', id), limit: 10 })
  expect(noted.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'people.change dismissed',
    'people.change operator',
  ])
})

test('P6.7: nobody is appointed who has not registered, or has not proved the address', async () => {
  const wanted = { ...aRegistration({ email: 'third@moa.example' }), next: '/account' }
  expect(await gateway.registrations.begin(wanted)).toEqual({ kind: 'mailed' })
  expect(await appointToSystem(gateway, { email: 'third@moa.example', role: 'operator' })).toBe(false)
  expect(await appointToSystem(gateway, { email: 'nobody@moa.example', role: 'auditor' })).toBe(false)
})
