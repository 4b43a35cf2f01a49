/** Changing an account by hand, or opening a new one: it runs empty, is suspended, is locked. */
import { z } from 'zod'

export const accountChange = z.strictObject({
  number: z.string().regex(/^[0-9]{6,20}$/),
  holder: z.string().min(1).max(60).optional(),
  password: z
    .string()
    .regex(/^[0-9]{4,8}$/)
    .optional(),
  /** Minor units. */
  balance: z
    .string()
    .regex(/^(0|[1-9][0-9]{0,14})$/)
    .optional(),
  standing: z.enum(['active', 'suspended']).optional(),
  locked: z.boolean().optional(),
})
export type AccountChange = z.infer<typeof accountChange>
