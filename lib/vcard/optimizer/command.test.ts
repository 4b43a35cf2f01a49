import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { optimizeCommand } from './command'
import { optimize } from './optimize'
import { anInstance } from './wallets.fixtures'

function started(args: readonly string[] = []) {
  const input = new PassThrough()
  const output = new PassThrough({ encoding: 'utf8' })
  const errors = new PassThrough({ encoding: 'utf8' })
  return { input, output, errors, code: optimizeCommand(args, { input, output, errors }) }
}

async function finished(args: readonly string[], text: string | Buffer) {
  const { input, output, errors, code } = started(args)
  input.end(text)
  return { code: await code, output: lines(output), errors: lines(errors) }
}

function lines(stream: PassThrough): unknown[] {
  const text = (stream.read() as string | null) ?? ''
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)
}

const first = anInstance({ id: 'first' })
const second = anInstance({ id: 'second', cards: [] })
const wrong = { ...anInstance({ id: 'wrong' }), amount: 0 }
const wrongError = {
  code: 'INVALID_INSTANCE',
  id: 'wrong',
  message: '/amount: must be at least 1',
  issues: [{ path: '/amount', message: 'must be at least 1' }],
}

test('one instance is answered by one result', async () => {
  expect(await finished([], JSON.stringify(first, null, 2))).toEqual({ code: 0, output: [optimize(first)], errors: [] })
})

test('a purchase that no plan covers is a result too', async () => {
  const { code, output } = await finished([], JSON.stringify(second))
  expect({ code, output }).toMatchObject({ code: 0, output: [{ id: 'second', status: 'infeasible' }] })
})

test('an invalid instance is answered by nothing but its error, with exit code 2', async () => {
  expect(await finished([], JSON.stringify(wrong))).toEqual({ code: 2, output: [], errors: [{ error: wrongError }] })
})

test.each([
  ['nothing', ''],
  ['half a document', '{"spec":'],
  ['two documents', '{}{}'],
  ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
])('%s is not JSON', async (_, text) => {
  const { code, output, errors } = await finished([], text)
  expect({ code, output }).toEqual({ code: 2, output: [] })
  expect(errors).toMatchObject([{ error: { code: 'INVALID_JSON', issues: [] } }])
})

test('a batch is answered line by line in its order, an invalid line in its place, blank lines skipped', async () => {
  const text = `${JSON.stringify(first)}\n\n  \r\n${JSON.stringify(wrong)}\nnonsense\r\n${JSON.stringify(second)}`
  const { code, output, errors } = await finished(['--batch'], text)
  expect(code).toBe(2)
  expect(output).toEqual([
    optimize(first),
    { error: { ...wrongError, line: 4 } },
    { error: { code: 'INVALID_JSON', message: expect.any(String) as string, line: 5, issues: [] } },
    optimize(second),
  ])
  expect(errors).toEqual(output.slice(1, 3))
})

test('an empty batch succeeds', async () => {
  expect(await finished(['--batch'], '\n\n')).toEqual({ code: 0, output: [], errors: [] })
})

test('each line of a batch is answered before the next is awaited, also when it arrives in pieces', async () => {
  const { input, output, code } = started(['--batch'])
  for (const instance of [first, second, first]) {
    const answered = new Promise((resolve) => output.once('readable', resolve))
    const text = Buffer.from(`${JSON.stringify(instance)}\n`)
    input.write(text.subarray(0, 11))
    input.write(text.subarray(11))
    await answered
    expect(lines(output)).toEqual([optimize(instance)])
  }
  input.end()
  expect(await code).toBe(0)
})

test('an unknown argument is refused', async () => {
  const { errors, code } = started(['--bacth'])
  expect(await code).toBe(2)
  expect(errors.read()).toContain('--bacth')
})
