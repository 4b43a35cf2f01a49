import { crc32, deflateSync } from 'node:zlib'

/**
 * A picture of black and white squares as a PNG file (ISO/IEC 15948), one bit a pixel: small, and sharp at any printer.
 * @param squares rows of squares, true where dark
 * @param scale pixels along the side of a square
 */
export function squaresAsPng(squares: readonly (readonly boolean[])[], scale: number): Buffer {
  const width = (squares[0]?.length ?? 0) * scale
  const height = squares.length * scale
  const lines = squares.flatMap((row) => {
    // Each line begins with the number of its filter; none.
    const line = Buffer.alloc(1 + Math.ceil(width / 8))
    row.forEach((isDark, column) => {
      for (let pixel = column * scale; pixel < (column + 1) * scale; pixel++) {
        if (!isDark) line[1 + (pixel >> 3)]! |= 0x80 >> (pixel & 7)
      }
    })
    return Array.from({ length: scale }, () => line)
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // One bit a pixel, greyscale, and the only compression, filters and order there are.
  header.set([1, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const framed = Buffer.alloc(named.length + 8)
  framed.writeUInt32BE(data.length, 0)
  named.copy(framed, 4)
  framed.writeUInt32BE(crc32(named) >>> 0, named.length + 4)
  return framed
}
