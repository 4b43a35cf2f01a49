/** Changing a line by hand, or giving out a new one: it falls into arrears, is suspended, pays up. */
import { z } from 'zod'

const won = z.string().regex(/^(0|[1-9][0-9]{0,11})$/, 'whole won as a decimal string')

export const lineChange = z.strictObject({
  number: z.string().regex(/^(\+[1-9][0-9]{6,14}|[0-9]{6,19})$/),
  standing: z.enum(['active', 'arrears', 'suspended', 'terminated', 'not-billable']).optional(),
  name: z.string().min(1).max(60).optional(),
  birthDate: z.iso.date().optional(),
  notify: z
    .string()
    .regex(/^\+[1-9][0-9]{6,14}$/)
    .nullable()
    .optional(),
  overdue: won.optional(),
  monthlyCap: won.nullable().optional(),
  used: won.optional(),
  pin: z
    .string()
    .regex(/^[0-9]{4,8}$/)
    .optional(),
  locked: z.boolean().optional(),
})
export type LineChange = z.infer<typeof lineChange>
