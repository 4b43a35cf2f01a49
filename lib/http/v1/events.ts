import { z } from 'zod'
import { publicId } from '../../ids'
import { webhookTopics } from '../../messages/message'
import type { SentMessage } from '../../messages/messages'
import { idOf, limitOf, moment, uuidOf } from '../fields'
import { type Reply, route } from '../route'
import { eventQuery } from './payment-input'

const eventView = z
  .strictObject({
    id: idOf('msg').meta({ description: 'The webhook-id under which it is delivered.' }),
    type: z.enum(webhookTopics),
    paymentId: idOf('pay').optional(),
    state: z.enum(['due', 'sent', 'failed']).meta({ description: 'How its delivery stands.' }),
    tries: z.int(),
    createdAt: moment,
    sentAt: moment.optional(),
    payload: z.record(z.string(), z.unknown()).meta({ description: 'The body of the webhook.' }),
  })
  .meta({ id: 'Event' })

export const listEvents = route(
  'GET /api/v1/events',
  {
    caller: 'merchant',
    may: 'message.see',
    summary: 'List webhook events, newest first',
    description: 'What was, or will be, sent to your endpoints: the way to catch up after an outage of yours.',
    query: eventQuery,
    answers: {
      200: {
        description: 'One page',
        schema: z.strictObject({ events: z.array(eventView), next: z.string().nullable() }).meta({ id: 'EventPage' }),
      },
    },
  },
  async ({ gateway, caller: { merchant }, query }): Promise<Reply> => {
    const limit = limitOf(query.limit)
    const found = await gateway.messages.list(merchant.id, {
      kind: 'webhook',
      limit: limit + 1,
      ...(query.after && { after: uuidOf('msg', query.after) }),
      ...(query.payment && { paymentId: uuidOf('pay', query.payment) }),
    })
    const events = found.slice(0, limit).map(viewEvent)
    return { status: 200, body: { events, next: found.length > limit ? events.at(-1)!.id : null } }
  },
)

function viewEvent(message: SentMessage) {
  return {
    id: publicId('msg', message.id),
    type: message.topic,
    ...(message.paymentId && { paymentId: publicId('pay', message.paymentId) }),
    state: message.state,
    tries: message.tries,
    createdAt: message.createdAt.toISOString(),
    ...(message.sentAt && { sentAt: message.sentAt.toISOString() }),
    payload: message.payload,
  }
}
