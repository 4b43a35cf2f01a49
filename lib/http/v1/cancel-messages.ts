import { z } from 'zod'
import { ApiError } from '../errors'
import { wrongMember } from '../field-errors'
import { type Reply, route } from '../route'

const signedMessage = z
  .strictObject({
    message: z
      .string()
      .regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/, 'bad-format')
      .max(8192)
      .meta({ description: 'A compact JWS (RFC 7515).' }),
  })
  .meta({ id: 'SignedMessage' })

export const receiveCancelMessage = route(
  'POST /api/v1/cancellations',
  {
    caller: 'shop',
    summary: 'Cancel by a signed message',
    description:
      'The message is a JWS of type `payment.cancel`, signed with a key registered for the merchant. The answer is a JWS too: `payment.cancelled` or `payment.cancel-refused`, with `re` naming the `jti` of the request. The same message again gets the same answer and does nothing twice.',
    input: signedMessage,
    answers: { 200: { description: 'The signed answer', schema: signedMessage } },
  },
  async ({ gateway, input }): Promise<Reply> => {
    const heard = await gateway.cancelMessages.receive(input.message)
    if (heard.kind === 'answered') return { status: 200, body: { message: heard.message } }
    // Which check failed is told only to whoever passed that of the signature.
    if (heard.reason === 'bad-claims')
      throw new ApiError('invalid-input', { errors: [wrongMember(['message'], 'bad-format')] })
    throw new ApiError('signature-refused')
  },
)
