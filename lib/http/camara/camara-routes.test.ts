import { describe, expect, test } from 'vitest'
import { can, type Role } from '../../auth/access'
import { oauthRoutes } from '../oauth/oauth-routes'
import { camaraRoutes } from './camara-routes'

describe('P6.1: every operation says which scope and which right it needs', () => {
  const others: Role[] = ['api-key', 'owner', 'staff', 'counselor', 'shopper', 'operator', 'auditor', 'courier']
  test.each(camaraRoutes.map((row) => [row.operation, row] as const))('%s', (_operation, row) => {
    expect(can('oauth-client', row.may)).toBe(true)
    expect(others.filter((role) => can(role, row.may))).toEqual([])
    const [kind] = row.scope.split(':').slice(-1)
    expect(kind).toBe(
      row.method === 'GET' ? 'read' : row.path.endsWith('refunds') || !row.path.includes(':') ? 'create' : 'write',
    )
  })

  test('only what everybody may know is told without a client’s secret', () => {
    const open = oauthRoutes.filter(({ caller }) => caller === 'public')
    expect(open.map(({ path }) => path)).toEqual(['/.well-known/oauth-authorization-server'])
  })
})
