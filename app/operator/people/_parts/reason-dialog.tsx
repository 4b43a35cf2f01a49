import { getTranslations } from 'next-intl/server'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { DeedDialog, type DeedAnswer } from '@/components/merchant/deed-dialog'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

interface Props {
  readonly id: string
  readonly label: string
  readonly title: string
  readonly text: string
  readonly isDangerous?: boolean
  readonly deed: (form: FormData) => Promise<DeedAnswer>
}

/** A deed of the operator that is done for a reason, which stays with it. */
export async function ReasonDialog({ id, label, title, text, isDangerous = false, deed }: Props) {
  const t = await getTranslations('operator.people')
  return (
    <DeedDialog
      trigger={label}
      title={title}
      description={text}
      words={await deedWords(label)}
      isDangerous={isDangerous}
      deed={deed}
    >
      <Field id={id} label={t('reason')} hint={t('reasonHint')}>
        <Input {...fieldControl(id, { hint: t('reasonHint') })} name="reason" required maxLength={200} />
      </Field>
    </DeedDialog>
  )
}
