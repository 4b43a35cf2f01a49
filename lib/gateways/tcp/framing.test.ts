import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Frames, type Framing, putInFrame } from './framing'
import { UnreadableBytes } from './protocol'

describe.each<[Framing]>([[{ lengthBytes: 2, longest: 4096 }], [{ lengthBytes: 4, longest: 65_536 }]])(
  '%j',
  (framing) => {
    test('a frame is its length, the larger byte first, and the message', () => {
      const framed = putInFrame(framing, Buffer.alloc(258, 'x'))
      const zeros = Array.from({ length: framing.lengthBytes - 2 }, () => 0)
      expect([...framed.subarray(0, framing.lengthBytes + 1)]).toEqual([...zeros, 1, 2, 'x'.charCodeAt(0)])
    })

    test('messages come out whole and in order however the stream is cut', () => {
      const messages = fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { maxLength: 20 })
      const cuts = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1 })
      fc.assert(
        fc.property(messages, cuts, (payloads, sizes) => {
          const stream = Buffer.concat(payloads.map((payload) => putInFrame(framing, Buffer.from(payload))))
          const frames = new Frames(framing)
          const read: Buffer[] = []
          for (let at = 0, turn = 0; at < stream.length; turn += 1) {
            const size = sizes[turn % sizes.length]!
            read.push(...frames.push(stream.subarray(at, at + size)))
            at += size
          }
          expect(read.map((payload) => [...payload])).toEqual(payloads.map((payload) => [...payload]))
        }),
      )
    })

    test.each([
      ['empty', 0],
      ['longer than any message of the link', framing.longest + 1],
    ])('a frame that says it is %s makes the stream unreadable', (_, length) => {
      const header = Buffer.alloc(framing.lengthBytes)
      header.writeUIntBE(length, 0, framing.lengthBytes)
      expect(() => new Frames(framing).push(header)).toThrow(UnreadableBytes)
    })

    test('a message too long for a frame is not sent', () => {
      expect(() => putInFrame(framing, Buffer.alloc(framing.longest + 1))).toThrow(RangeError)
    })
  },
)
