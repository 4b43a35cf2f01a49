import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { squaresAsPng } from './qr-png'

test('a code becomes a picture whose every square has its own pixels, dark as black and light as white', () => {
  const png = squaresAsPng(
    [
      [true, false, true],
      [false, true, false],
      [true, true, false],
    ],
    4,
  )
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
  expect([png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]]).toEqual([12, 12, 1, 0])
  const length = png.readUInt32BE(33)
  expect(png.subarray(37, 41).toString('latin1')).toBe('IDAT')
  const lines = inflateSync(png.subarray(41, 41 + length))
  // One byte names the filter, two hold twelve pixels; a set bit is white.
  const rows = Array.from({ length: 12 }, (_, row) => lines.subarray(row * 3, row * 3 + 3).toString('hex'))
  expect(rows).toEqual([
    ...Array<string>(4).fill('000f00'),
    ...Array<string>(4).fill('00f0f0'),
    ...Array<string>(4).fill('0000f0'),
  ])
})
