import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { type DeedAnswer, DeedDialog, type DeedWords } from './deed-dialog'

interface Props {
  /** Of the credit or transfer, as people see it. */
  readonly id: string
  readonly trigger: string
  readonly title: string
  readonly description: string
  /** What the field for the transfer's reference is called. */
  readonly named: string
  readonly words: DeedWords
  readonly deed: (form: FormData) => Promise<DeedAnswer>
}

/** Books that people have transferred money back at the bank, by the reference under which it is found there. */
export function GiroReturnDialog({ id, named, ...dialog }: Props) {
  return (
    <DeedDialog triggerLook={{ size: 'small' }} {...dialog}>
      <Field id={`${id}-named`} label={named}>
        <Input {...fieldControl(`${id}-named`, {})} name="named" required maxLength={60} autoComplete="off" />
      </Field>
    </DeedDialog>
  )
}
