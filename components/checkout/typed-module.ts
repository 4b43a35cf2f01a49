import type { ModuleField, OtherModule } from './module-view'

/** What is typed for modules of others: by means (module:…), then by field. */
export type TypedModules = Readonly<Record<string, Readonly<Record<string, string>>>>

const plain = ({ kind }: ModuleField, text: string) =>
  kind === 'digits' ? text.replaceAll(/[\s-]/g, '') : kind === 'text' ? text.normalize('NFC').trim() : text

/** What is wrong with a field as it was typed. */
export function fieldFault(field: ModuleField, typed = ''): 'missing' | 'digits' | 'short' | undefined {
  const text = plain(field, typed)
  if (text === '') return field.optional ? undefined : 'missing'
  if (field.kind === 'digits' && !/^[0-9]+$/.test(text)) return 'digits'
  return text.length < field.shortest ? 'short' : undefined
}

/** As it is sent; undefined while something is missing or wrong. */
export function readModule(
  { fields }: OtherModule,
  typed: Readonly<Record<string, string>> = {},
): Record<string, string> | undefined {
  if (fields.some((field) => fieldFault(field, typed[field.name]))) return undefined
  const read = fields.map((field) => [field.name, plain(field, typed[field.name] ?? '')] as const)
  return Object.fromEntries(read.filter(([, text]) => text !== ''))
}
