import { Field, fieldControl } from '../ui/field'
import { TextArea } from '../ui/text-area'

/** Where somebody says something in a dispute, in up to a thousand characters. */
export function WordsField({
  id,
  label,
  hint,
}: {
  readonly id: string
  readonly label: string
  readonly hint?: string
}) {
  return (
    <Field id={id} label={label} hint={hint}>
      <TextArea {...fieldControl(id, { hint })} name="words" rows={4} maxLength={1000} required />
    </Field>
  )
}
