import { describe, expect, test } from 'vitest'
import { deeds } from '../app/_glue/entrances/deeds'
import type { Entrance } from '../app/_glue/entrances/entrance'
import { handlers } from '../app/_glue/entrances/handlers'
import { pages } from '../app/_glue/entrances/pages'
import { actions } from '../lib/auth/access'
import { camaraRoutes } from '../lib/http/camara/camara-routes'
import { parlayxRoutes } from '../lib/http/parlayx/parlayx-routes'
import { routes } from '../lib/http/routes'
import { actionFiles, appFiles, exportsOf, filesWithInlineActions, guardsOf } from './entrance-source'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** The address under which Next serves a file: groups in brackets are not part of it. */
function addressOf(file: string): string {
  const segments = file.split('/').slice(1, -1)
  return `/${segments.filter((segment) => !segment.startsWith('(')).join('/')}`
}

/** What the code that stands behind an entrance has to ask for, no more and no less. */
function guardsFor(entrance: Entrance): string[] {
  switch (entrance.by) {
    case 'desk':
    case 'system':
      return [`${entrance.by} ${entrance.action}`]
    case 'anybody':
      return []
    default:
      return [entrance.by]
  }
}

/** A page that also looks who is there, to show them more, lets nobody in or out by that. */
const asked = (file: string, name: string) => guardsOf(file, name).filter((guard) => guard !== 'perhaps a person')

const pageFiles = appFiles(/^page[.]tsx$/).map((file) => [addressOf(file), file] as const)
const handlerFiles = appFiles(/^route[.]tsx?$/).map((file) => [addressOf(file), file] as const)
const deedFiles = actionFiles().map((file) => [file.replace(/^app\/|[.]tsx?$/g, ''), file] as const)

describe('P6.1: whatever can be reached has a row in the access table, and every row is something that can be reached', () => {
  const of = (files: readonly (readonly [string, string])[]) => files.map(([address]) => address).sort()

  test('pages', () => expect(Object.keys(pages).sort()).toEqual(of(pageFiles)))
  test('route handlers', () => expect(Object.keys(handlers).sort()).toEqual(of(handlerFiles)))
  test('files of server actions', () => expect(Object.keys(deeds).sort()).toEqual(of(deedFiles)))
  test('server actions stand only in files of their own', () => expect(filesWithInlineActions()).toEqual([]))
  test.each(deedFiles)('server actions in %s', (key, file) => {
    expect(Object.keys(deeds[key] ?? {}).sort()).toEqual([...exportsOf(file)].sort())
  })
})

describe('P6.1: the code asks for what the access table says', () => {
  test.each(pageFiles)('page %s', (address, file) => {
    expect(asked(file, 'default')).toEqual(guardsFor(pages[address]!))
  })

  test.each(handlerFiles)('handler %s', (address, file) => {
    const methods = exportsOf(file).filter((name) => METHODS.includes(name))
    expect(methods).not.toEqual([])
    for (const method of methods) expect(asked(file, method)).toEqual(guardsFor(handlers[address]!))
  })

  test.each(deedFiles)('actions in %s', (key, file) => {
    const found = Object.fromEntries(exportsOf(file).map((name) => [name, asked(file, name)]))
    expect(found).toEqual(
      Object.fromEntries(Object.entries(deeds[key] ?? {}).map(([name, entrance]) => [name, guardsFor(entrance)])),
    )
  })
})

test('P6.1: every row of a route table says which right it takes, and the access table knows it', () => {
  const operations = parlayxRoutes.flatMap((row) => (row.kind === 'service' ? [...row.operations.values()] : []))
  const rights = [...routes, ...camaraRoutes, ...operations].flatMap(({ may }) => (may ? [may] : []))
  expect(operations).not.toEqual([])
  expect(rights.filter((may) => !actions.includes(may))).toEqual([])
})
