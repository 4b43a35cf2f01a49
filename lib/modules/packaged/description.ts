import { z } from 'zod'

const names = z.strictObject({ ko: z.string().min(1).max(40), en: z.string().min(1).max(40) })

const hint = z.strictObject({ ko: z.string().min(1).max(120), en: z.string().min(1).max(120) })

const field = z.strictObject({
  name: z.string().regex(/^[a-z][a-zA-Z0-9]{0,31}$/),
  label: names,
  kind: z.enum(['text', 'digits', 'secret']),
  longest: z.number().int().min(1).max(200),
  shortest: z.number().int().min(1).max(200).default(1),
  hint: hint.optional(),
  /** What browsers may fill in, as HTML names it; nothing unless said. */
  autofill: z.enum(['name', 'email', 'tel', 'username', 'one-time-code']).optional(),
  optional: z.boolean().default(false),
})

/** What a package has to say of its module (docs/modules.md). Members that we do not know are ignored: it may be newer. */
export const moduleDescription = z.object({
  spi: z.literal(1),
  code: z.string().regex(/^[a-z][a-z0-9-]{1,31}$/),
  version: z.string().min(1).max(40),
  names,
  timing: z.enum(['immediate', 'deferred']).default('immediate'),
  holdsNothing: z.boolean().default(false),
  noticed: z.boolean().optional(),
  fields: z.array(field).max(8).default([]),
  verbs: z.array(z.string()),
})

export type ModuleDescription = z.output<typeof moduleDescription>

/** Without these there is no module. */
export const REQUIRED_VERBS = ['plan', 'authorize', 'capture', 'void'] as const

/** Everything that is called of a package; others that it may have are left alone. */
export type Verb = (typeof REQUIRED_VERBS)[number] | 'refund' | 'check' | 'settingsFault'
