import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BILLING_CENTRES } from './catalogue'
import { Centre } from './centre'
import { chargingFile, fileName, tid, type Written } from './charging.fixtures'

const [profile] = BILLING_CENTRES
if (!profile) throw new Error('there is a billing centre')

let centre: Centre
beforeEach(() => {
  centre = new Centre(profile, undefined, () => undefined)
})

const send = (written: Written) => {
  const name = fileName(written.sequence ?? 1)
  centre.receive(name, Buffer.from(chargingFile(written)))
  return answerTo(name)
}
const answerTo = (name: string) => centre.shelf.get(`/results/${name}.ack`)?.bytes.toString()

test('a billing centre takes files in order and puts their purchases on bills', () => {
  expect(send({ sequence: 1 })).toBe('OK\n')
  expect(send({ sequence: 2, details: [] })).toBe('OK\n')
  expect(send({ sequence: 3, details: [{ tid: tid(7), amount: 2500 }] })).toBe('OK\n')
  expect([...centre.bills.keys()]).toEqual([tid(1), tid(7)])
})

test('the same file once more is answered as before, and nothing is taken twice', () => {
  send({ sequence: 1 })
  expect(send({ sequence: 1 })).toBe('OK\n')
  expect(centre.files).toHaveLength(1)
  expect(centre.bills.size).toBe(1)
})

describe('a file is rejected as a whole', () => {
  const right = chargingFile()
  const cases: readonly [why: string, content: string, answer: RegExp][] = [
    ['when a byte of it changed', right.replace('000000001000', '000000001001'), /CHECKSUM/],
    ['when its totals are wrong', right.replace('T0000001', 'T0000002'), /TOTALS/],
    ['when a detail is too short', right.replace('shop        ', 'shop'), /FORMAT detail 1/],
    ['when its header is of another version', right.replace('H02', 'H01'), /FORMAT header/],
    ['when a day is not on the calendar', right.replace('20261120131415', '20261131131415'), /purchase time/],
    ['when a description breaks out', chargingFile({ details: [{ description: 'a\u0085b' }] }), /description/],
    ['when a description is too long', chargingFile({ details: [{ description: 'x'.repeat(41) }] }), /detail 1/],
    ['when the last line has no end', right.slice(0, -1), /FORMAT/],
    ['when it is for another centre', chargingFile({ centre: 'NURI' }), /CENTRE/],
    ['when its sequence is not that of its name', chargingFile({ sequence: 2 }), /NAME/],
  ]
  test.each(cases)('%s', (_why, content, answer) => {
    centre.receive(fileName(1), Buffer.from(content))
    expect(answerTo(fileName(1))).toMatch(/^REJECTED /)
    expect(answerTo(fileName(1))).toMatch(answer)
    expect(centre.bills.size).toBe(0)
  })

  test('when a sequence is left out, or comes again with other content', () => {
    send({ sequence: 1 })
    expect(send({ sequence: 3 })).toMatch(/^REJECTED SEQUENCE 3 after 1/)
    expect(send({ sequence: 1, details: [] })).toMatch(/^REJECTED SEQUENCE/)
  })
})

test('a corrected file has to name one that was rejected', () => {
  centre.switches.set({ do: 'reject', record: 1, reason: 'TOO_EARLY', times: 1 })
  expect(send({ sequence: 1 })).toBe('REJECTED TOO_EARLY\n')
  expect(send({ sequence: 2, replaces: 1 })).toBe('OK\n')
  expect(send({ sequence: 3, replaces: 2, details: [] })).toBe('REJECTED REPLACES 2\n')
})

test('single details are refused: a purchase that is billed already, a credit without its charge, or above it', () => {
  send({ sequence: 1, details: [{ tid: tid(1), amount: 1000 }] })
  const credit = { kind: 'R' as const, tid: tid(1) }
  expect(
    send({
      sequence: 2,
      details: [
        { tid: tid(1) },
        { tid: tid(2) },
        { tid: tid(2) },
        { ...credit, amount: 1001, original: [1, 1] },
        { ...credit, amount: 500, original: [1, 2] },
        { ...credit, amount: 500, original: [1, 1] },
      ],
    }),
  ).toBe('OK\n1 DUPLICATE_TID\n3 DUPLICATE_TID\n4 CREDIT_EXCEEDS_CHARGE\n5 NO_SUCH_ORIGINAL\n')
  expect(centre.bills.get(tid(1))).toMatchObject({ credited: 500n })
})

test('what is collected is what is left after credits; what is unpaid comes again the next month', () => {
  send({ sequence: 1, details: [{ tid: tid(1) }, { tid: tid(2) }, { tid: tid(3) }] })
  send({ sequence: 2, details: [{ kind: 'R', tid: tid(1), amount: 400, original: [1, 1] }] })
  centre.wish(tid(2), 'U')
  centre.wish(tid(3), 'W')
  const first = centre.collect('202612')
  expect(first).toBe('BARAM_202612.col')
  const content = centre.shelf.get(`/results/${first}`)?.bytes.toString() ?? ''
  expect(content).toMatch(new RegExp(`^${tid(1)}P000000000600[0-9]{8}\n${tid(2)}U000000001000[0-9]{8}\n${tid(3)}W`))
  expect(content).toMatch(/\nT0000003000000000002600000000000000000[0-9a-f]{64}\n$/)
  const second = centre.collect()
  expect(second).toBe('BARAM_202701.col')
  expect(centre.shelf.get(`/results/${second}`)?.bytes.toString()).toMatch(new RegExp(`^${tid(2)}P`))
})

describe('with a folder', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'billing-centre-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('a billing centre that starts again knows what it has taken and said', async () => {
    centre = new Centre(profile, folder, () => undefined)
    send({ sequence: 1 })
    centre.switches.set({ do: 'silence', record: 1, reason: 'x', times: 1 })
    expect(send({ sequence: 2, details: [{ tid: tid(9) }] })).toBeUndefined()
    centre.collect('202612')
    await centre.close()
    centre = new Centre(profile, folder, () => undefined)
    expect(answerTo(fileName(1))).toBe('OK\n')
    expect(answerTo(fileName(2))).toBeUndefined()
    expect(centre.answer()).toBe(1)
    expect(answerTo(fileName(2))).toBe('OK\n')
    expect(centre.bills.get(tid(9))).toMatchObject({ sequence: 2, result: 'P' })
    expect(send({ sequence: 3, details: [] })).toBe('OK\n')
    await centre.close()
  })
})
