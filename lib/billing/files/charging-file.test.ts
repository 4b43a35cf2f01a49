import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAcknowledgement } from './acknowledgement'
import {
  chargingFileName,
  detailLine,
  type FileDetail,
  type FileHeader,
  headerLine,
  trailerLine,
} from './charging-lines'
import { readCollectionFile, readCollectionName, type CollectionLine } from './collection-file'
import { BrokenFile } from './layout'
import { readChargingFile } from './read-charging-file'

const header: FileHeader = {
  gatewayId: 'MOA00001',
  centre: 'SEOUL01',
  sequence: 12,
  periodStart: '20261120020000',
  periodEnd: '20261121020000',
  createdAt: '20261121020000',
  currency: 'KRW',
}
const aDetail = (changes: Partial<FileDetail> = {}): FileDetail => ({
  record: 1,
  kind: 'charge',
  calling: '+82428605411',
  subscriberRef: 'S-000001',
  tid: '0198c5a0-0000-7000-8000-000000000001',
  purchasedAt: '20261120131415',
  merchant: '0123456789ab',
  amount: 22_000n,
  original: { sequence: 0, record: 0 },
  description: '책 세 권',
  ...changes,
})

function fileOf(details: readonly FileDetail[], head: FileHeader = header): string {
  const body = [headerLine(head), ...details.map(detailLine)].map((line) => `${line}\n`).join('')
  return body + trailerOf(body, details)
}

function trailerOf(body: string, details: readonly FileDetail[]): string {
  const sum = (kind: FileDetail['kind']) =>
    details.reduce((total, detail) => (detail.kind === kind ? total + detail.amount : total), 0n)
  const sha256 = createHash('sha256').update(body).digest('hex')
  return `${trailerLine({ details: details.length, charges: sum('charge'), credits: sum('credit'), sha256 })}\n`
}

/** The file as it might come from a disk or a line: in pieces that end anywhere, within a character too. */
async function* inPieces(content: string | Buffer, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content)
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size))
}

async function read(content: string | Buffer, size?: number) {
  const details: FileDetail[] = []
  const file = await readChargingFile(inPieces(content, size), (detail) => details.push(detail))
  return { ...file, details }
}

test('a charging file has the widths of its profile to the character', () => {
  const lines = fileOf([aDetail()]).split('\n')
  expect(lines[0]).toBe('H02MOA00001SEOUL01 000012202611200200002026112102000020261121020000KRW')
  expect(lines[1]).toBe(
    'D0000001C+82428605411        S-000001                0198c5a0-0000-7000-8000-00000000000120261120131415' +
      '0123456789ab0000000220000000000000000책 세 권',
  )
  expect(lines[2]).toMatch(/^T0000001000000000022000000000000000000[0-9a-f]{64}$/)
  expect(chargingFileName('SEOUL01', header.createdAt, 12)).toBe('MOA_SEOUL01_20261121_000012.chg')
})

const ascii = (max: number) => fc.string({ maxLength: max, unit: 'grapheme-ascii' }).map((value) => value.trimEnd())
const anyDetail = fc.record({
  kind: fc.constantFrom('charge' as const, 'credit' as const),
  calling: ascii(20),
  subscriberRef: ascii(24),
  tid: fc.uuid(),
  purchasedAt: fc.constant('20261120131415'),
  merchant: ascii(12),
  amount: fc.bigInt({ min: 0n, max: 999_999_999_999n }),
  original: fc.record({ sequence: fc.nat(999_999), record: fc.nat(9_999_999) }),
  description: fc.string({ unit: 'binary', maxLength: 60 }),
})

test('whatever was bought, a file that was written is read back as it was, and nothing breaks out of its line', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyDetail, { maxLength: 8 }), fc.integer({ min: 1, max: 300 }), async (drawn, size) => {
      const details = drawn.map((detail, index) => ({ ...detail, record: index + 1 }))
      const content = fileOf(details)
      const back = await read(content, size)
      expect(content.split('\n')).toHaveLength(details.length + 3)
      expect(back.header).toEqual(header)
      expect(back.details.map(({ description: _, ...rest }) => rest)).toEqual(
        details.map(({ description: _, ...rest }) => rest),
      )
      for (const { description } of back.details) expect([...description].length).toBeLessThanOrEqual(40)
      expect(fileOf(back.details)).toBe(content)
    }),
  )
})

test.each([
  ['a line end', 'book\nD0000002C', 'book D0000002C'],
  ['a carriage return and a tab', 'a\r\tb', 'a b'],
  ['the line ends of Unicode', 'a\u2028b\u2029c\u0085d', 'a b c d'],
  ['a turn of direction', 'pay \u202eback', 'pay  back'],
  ['half a character', 'a\ud800b', 'a\ufffdb'],
  ['forty characters that are longer in bytes', '가'.repeat(41), '가'.repeat(40)],
  ['characters of two halves', '😀'.repeat(41), '😀'.repeat(40)],
])('a description with %s stays in its line', async (_what, description, kept) => {
  const { details } = await read(fileOf([aDetail({ description })]))
  expect(details[0]!.description).toBe(kept)
})

test('a value that is too long for its field is never written', () => {
  expect(() => detailLine(aDetail({ amount: 1_000_000_000_000n }))).toThrow(/amount/)
  expect(() => detailLine(aDetail({ subscriberRef: 'S'.repeat(25) }))).toThrow(/subscriberRef/)
  expect(() => detailLine(aDetail({ calling: '+82\n' }))).toThrow(/calling/)
  expect(() => headerLine({ ...header, sequence: 1_000_000 })).toThrow(/sequence/)
})

test('a corrected file names the one whose place it takes', async () => {
  const { header: back } = await read(fileOf([aDetail()], { ...header, sequence: 13, replaces: 12 }))
  expect(back).toMatchObject({ sequence: 13, replaces: 12 })
})

describe('a file that was damaged is not taken for one', () => {
  const whole = fileOf([aDetail(), aDetail({ record: 2 })])
  const cases: readonly [string, string | Buffer, RegExp][] = [
    ['cut off within a line', whole.slice(0, -10), /no end/],
    ['cut off after a line', whole.slice(0, whole.indexOf('\nT') + 1), /before its trailer/],
    ['one digit changed', whole.replace('000000022000', '000000022001'), /checksum/],
    ['a line lost', whole.replace(/D0000001[^\n]*\n/, ''), /record 2 stands where 1/],
    ['a line added', whole + '\n', /line 5: something follows/],
    ['empty', '', /before its trailer/],
    ['not ours', 'hello\n', /line 1/],
    ['of another version', whole.replace('H02', 'H03'), /version 03/],
    ['totals changed', whole.replace(/T0000002/, 'T0000003'), /totals/],
    ['not UTF-8', Buffer.concat([Buffer.from(whole.slice(0, 60)), Buffer.from([0xff, 10])]), /not UTF-8/],
    ['one endless line', 'H'.repeat(10_000), /too long/],
  ]
  test.each(cases)('%s', async (_what, content, says) => {
    await expect(read(content)).rejects.toThrow(says)
    await expect(read(content)).rejects.toThrow(BrokenFile)
  })
})

describe('an acknowledgement', () => {
  test.each([
    ['OK\n', { accepted: true, reason: '', refused: [] }],
    [
      'OK\n3 NO_SUCH_LINE\n7 x y\n',
      {
        accepted: true,
        reason: '',
        refused: [
          { record: 3, reason: 'NO_SUCH_LINE' },
          { record: 7, reason: 'x y' },
        ],
      },
    ],
    ['REJECTED CHECKSUM\n', { accepted: false, reason: 'CHECKSUM', refused: [] }],
    ['REJECTED\n', { accepted: false, reason: '', refused: [] }],
  ])('%j', (content, means) => {
    expect(readAcknowledgement(content)).toEqual(means)
  })

  test.each(['', 'OK', 'ok\n', 'OKAY\n', 'OK\nthree lines\n', 'OK\n\n', 'REJECTEDX\n'])(
    'that says %j is neither a yes nor a no',
    (content) => {
      expect(() => readAcknowledgement(content)).toThrow(BrokenFile)
    },
  )
})

describe('a collection file', () => {
  const lines = [
    `${aDetail().tid}P00000002200020261225`,
    `${aDetail().tid}U00000000100020261225`,
    `${aDetail().tid}W00000000000020261225`,
  ]
  const body = lines.map((line) => `${line}\n`).join('')
  const sha256 = createHash('sha256').update(body).digest('hex')
  const trailer = (charges: bigint, credits = 0n) => `${trailerLine({ details: 3, charges, credits, sha256 })}\n`

  const readAll = async (content: string) => {
    const read: CollectionLine[] = []
    await readCollectionFile(inPieces(content), (line) => void read.push(line))
    return read
  }

  test('says what became of each purchase', async () => {
    expect(await readAll(body + trailer(23_000n))).toEqual([
      { tid: aDetail().tid, result: 'paid', amount: 22_000n, date: '20261225' },
      { tid: aDetail().tid, result: 'unpaid', amount: 1_000n, date: '20261225' },
      { tid: aDetail().tid, result: 'written-off', amount: 0n, date: '20261225' },
    ])
    expect(readCollectionName('SEOUL01_202612.col')).toEqual({ centre: 'SEOUL01', month: '202612' })
    expect(readCollectionName('SEOUL01_202613.col')).toBeUndefined()
  })

  test.each([
    ['the trailer is missing', body, /before its trailer/],
    ['the totals differ', body + trailer(22_999n), /totals/],
    ['a line was changed', body.replace('P', 'W') + trailer(23_000n), /checksum/],
    ['a result is not known', body.replace('P', 'X') + trailer(23_000n), /result X/],
  ])('is not believed when %s', async (_what, content, says) => {
    await expect(readAll(content)).rejects.toThrow(says)
  })
})
