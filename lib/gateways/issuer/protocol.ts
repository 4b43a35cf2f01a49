import type { Outgoing } from '../tcp/exchange'
import { Frames, type Framing, putInFrame } from '../tcp/framing'
import { type LinkProtocol, UnreadableBytes } from '../tcp/protocol'
import { decode, encode, MalformedMessage, type Message } from './iso8583'
import { networkRequest } from './messages'

/** The longest message the profile can write is under 2,000 characters. */
export const ISSUER_FRAMES: Framing = { lengthBytes: 2, longest: 4096 }

/** What an answer is matched by: its type, transmission time (DE7), STAN (DE11) and, where it has one, acquirer (DE32). */
function answerKey({ mti, fields }: Message): string {
  return `${mti} ${fields[7] ?? ''} ${fields[11] ?? ''} ${mti.startsWith('08') ? '' : (fields[32] ?? '')}`
}

/** The type that answers a request: 0110 for 0100 and for its repeat 0101. */
function answerType(requestType: string): string {
  return `${requestType.slice(0, 2)}${Number(requestType[2]) + 1}0`
}

/** @throws MalformedMessage if the request cannot be written as the profile has it */
export function outgoing(request: Message): Outgoing {
  return {
    key: answerKey({ mti: answerType(request.mti), fields: request.fields }),
    bytes: putInFrame(ISSUER_FRAMES, encode(request)),
  }
}

/** ISO 8583 as the issuer link profile has it: we sign on, echo in silence and sign off. */
export const issuerProtocol: LinkProtocol<Message> = {
  reader() {
    const frames = new Frames(ISSUER_FRAMES)
    return {
      push(chunk) {
        try {
          return frames.push(chunk).map(decode)
        } catch (error) {
          throw error instanceof MalformedMessage ? new UnreadableBytes(error.message) : error
        }
      },
    }
  },
  keyOf: answerKey,
  housekeeping: (purpose, now) => outgoing(networkRequest(purpose, now)),
  isFine: ({ fields }) => fields[39] === '00',
}
