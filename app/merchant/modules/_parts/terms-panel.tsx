import { Pencil } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Desk } from '@/app/_glue/desk'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { deedWords } from '../../_parts/deed-words'
import { changeTerms } from '../actions'
import type { TermsForm } from './typed-terms'

interface Props {
  readonly desk: Desk
  readonly module: string
  readonly which: TermsForm
  readonly title: string
  readonly text: string
  /** The fields of its dialog. */
  readonly form: ReactNode
  readonly children: ReactNode
}

/** One group of a module's terms: how it stands, and the dialog in which an owner changes it. */
export async function TermsPanel({ desk, module, which, title, text, form, children }: Props) {
  const [t, shared] = await Promise.all([getTranslations('modules'), getTranslations('shared')])
  return (
    <Panel>
      <PanelHeader
        title={title}
        description={text}
        actions={
          desk.may('merchant.change') ? (
            <DeedDialog
              trigger={
                <>
                  <Pencil aria-hidden />
                  {t('change')}
                  <span className="sr-only">{title}</span>
                </>
              }
              triggerLook={{ size: 'small' }}
              title={title}
              description={text}
              words={await deedWords(shared('save'))}
              deed={changeTerms.bind(null, module, which)}
            >
              {form}
            </DeedDialog>
          ) : null
        }
      />
      {children}
    </Panel>
  )
}
