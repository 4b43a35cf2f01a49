import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readPublicId } from '../lib/ids'
import { aShopper, startGateway } from '../test/gateway'
import { seedCamaraClient } from './seed-camara-client'

const { gateway } = await startGateway()
const folder = mkdtempSync(path.join(tmpdir(), 'moa-camara-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = path.join(folder, 'camara-client.json')

test('the demo’s CAMARA client is made once, for a shop that the demo’s owner looks after, and only its owner reads its secret', async () => {
  const { id, email: owner } = await aShopper(gateway)
  await seedCamaraClient(gateway, { file, owner })
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { clientId: string; clientSecret: string }
  expect(statSync(file).mode & 0o077).toBe(0)
  const client = await gateway.oauth.clientBySecret(readPublicId('ocl', kept.clientId)!, kept.clientSecret)
  expect(client?.vouches).toBe(true)
  await seedCamaraClient(gateway, { file, owner })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(kept)
  expect(await gateway.oauth.clients(client!.merchantId)).toHaveLength(1)
  expect(await gateway.people.memberships(id)).toMatchObject([{ merchantId: client!.merchantId, role: 'owner' }])
})
