/** Every mail the outside world has taken. */
import { z } from 'zod'
import { Inbox } from '../inbox'

const mail = z.object({
  id: z.string(),
  /** RFC 3339 */
  at: z.string(),
  from: z.string(),
  /** The addresses it was delivered to, in lower case. */
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
})
export type Mail = z.infer<typeof mail>
export type MailInbox = Inbox<Mail>

export function openMailInbox(folder: string | undefined, changed: () => void): MailInbox {
  const isFor = (each: Mail, to: string) => each.to.includes(to.toLowerCase())
  return new Inbox({ name: 'mail', schema: mail, isFor }, folder, changed)
}
