import { Pencil } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Field, fieldControl } from '@/components/ui/field'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { TextArea } from '@/components/ui/text-area'
import { deedWords } from '../../_parts/deed-words'
import { saveReturnAddresses } from '../actions'

/** The only addresses to which a checkout of this shop sends shoppers back (P5.6). */
export async function ReturnAddresses({ desk }: { desk: Desk }) {
  const { returnUrls } = desk.merchant
  const [t, shared] = await Promise.all([getTranslations('merchant.returnAddresses'), getTranslations('shared')])
  return (
    <Panel>
      <PanelHeader
        title={t('title')}
        description={t('text')}
        actions={
          desk.may('merchant.change') ? (
            <DeedDialog
              icon={<Pencil aria-hidden />}
              trigger={t('change')}
              triggerLook={{ size: 'small' }}
              title={t('change')}
              words={await deedWords(shared('save'))}
              deed={saveReturnAddresses}
            >
              <Field id="return-addresses" label={t('addresses')} hint={t('hint')}>
                <TextArea
                  {...fieldControl('return-addresses', { hint: t('hint') })}
                  name="addresses"
                  rows={5}
                  maxLength={12_000}
                  autoComplete="off"
                  spellCheck={false}
                  defaultValue={returnUrls.join('\n')}
                />
              </Field>
            </DeedDialog>
          ) : null
        }
      />
      {returnUrls.length === 0 ? (
        <p className="text-sm text-ink-soft">{t('none')}</p>
      ) : (
        <ul className="flex flex-col gap-1.5">
          {returnUrls.map((address) => (
            <li key={address} className="font-mono text-xs break-all text-ink">
              {address}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
