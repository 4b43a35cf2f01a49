/** Every SMS that reached a telephone, and every call that was answered. */
import { z } from 'zod'
import { Inbox } from '../inbox'

const phoneMessage = z.object({
  id: z.string(),
  /** RFC 3339 */
  at: z.string(),
  kind: z.enum(['sms', 'call']),
  from: z.string(),
  /** E.164, with the plus. */
  to: z.string(),
  /** What is shown, or what is said. */
  text: z.string(),
  parts: z.int(),
  /** How it travelled. */
  alphabet: z.enum(['GSM-7', 'UCS-2']),
})
export type PhoneMessage = z.infer<typeof phoneMessage>
export type PhoneInbox = Inbox<PhoneMessage>

export function openPhoneInbox(folder: string | undefined, changed: () => void): PhoneInbox {
  const isFor = (each: PhoneMessage, to: string) => each.to === to
  return new Inbox({ name: 'phone', schema: phoneMessage, isFor }, folder, changed)
}
