import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { BrokenFrame, frame, FrameReader, LONGEST_FRAME } from './framing'

test('a frame is its length in two bytes, the larger first, and the message', () => {
  expect([...frame(Buffer.alloc(258, 'x')).subarray(0, 3)]).toEqual([1, 2, 'x'.charCodeAt(0)])
})

test('messages come out whole and in order however the stream is cut', () => {
  const messages = fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { maxLength: 20 })
  const cuts = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1 })
  fc.assert(
    fc.property(messages, cuts, (payloads, sizes) => {
      const stream = Buffer.concat(payloads.map((payload) => frame(Buffer.from(payload))))
      const reader = new FrameReader()
      const read: Buffer[] = []
      for (let at = 0, turn = 0; at < stream.length; turn += 1) {
        const size = sizes[turn % sizes.length]!
        read.push(...reader.push(stream.subarray(at, at + size)))
        at += size
      }
      expect(read.map((payload) => [...payload])).toEqual(payloads.map((payload) => [...payload]))
    }),
  )
})

test.each([
  ['empty', 0],
  ['longer than any message of the link', LONGEST_FRAME + 1],
])('a frame that says it is %s breaks the stream', (_, length) => {
  const header = Buffer.alloc(2)
  header.writeUInt16BE(length)
  expect(() => new FrameReader().push(header)).toThrow(BrokenFrame)
})

test('a message too long for a frame is not sent', () => {
  expect(() => frame(Buffer.alloc(LONGEST_FRAME + 1))).toThrow(BrokenFrame)
})
