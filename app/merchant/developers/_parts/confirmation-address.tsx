import { Pencil, Radar } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { Fact, Facts } from '@/components/ui/facts'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { deedWords } from '../../_parts/deed-words'
import { saveConfirmationUrl, testConfirmation } from '../actions'

/** Where the shop agrees to TID and amount before money moves (M-204). */
export async function ConfirmationAddress({ desk }: { desk: Desk }) {
  const { merchant } = desk
  const [t, shared] = await Promise.all([getTranslations('merchant.confirmation'), getTranslations('shared')])
  return (
    <Panel>
      <PanelHeader
        title={t('title')}
        description={t('text')}
        actions={
          desk.may('merchant.change') ? (
            <div className="flex flex-wrap gap-2">
              {merchant.confirmationUrl ? (
                <DeedDialog
                  icon={<Radar aria-hidden />}
                  trigger={t('test.send')}
                  triggerLook={{ size: 'small' }}
                  title={t('test.title')}
                  description={t('test.text')}
                  words={await deedWords(t('test.send'))}
                  deed={testConfirmation}
                />
              ) : null}
              <DeedDialog
                icon={<Pencil aria-hidden />}
                trigger={t('change')}
                triggerLook={{ size: 'small' }}
                title={t('change')}
                words={await deedWords(shared('save'))}
                deed={saveConfirmationUrl}
              >
                <Field id="confirmation-url" label={t('url')} hint={t('urlHint')}>
                  <Input
                    {...fieldControl('confirmation-url', { hint: t('urlHint') })}
                    name="url"
                    type="url"
                    required
                    maxLength={500}
                    autoComplete="off"
                    defaultValue={merchant.confirmationUrl}
                  />
                </Field>
              </DeedDialog>
            </div>
          ) : null
        }
      />
      <Facts>
        <Fact name={t('contract')}>
          <Badge tone={merchant.confirmation === 'required' ? 'accent' : 'neutral'}>
            {t(`contracts.${merchant.confirmation}`)}
          </Badge>
        </Fact>
        <Fact name={t('url')}>
          {merchant.confirmationUrl ? (
            <span className="font-mono text-xs break-all">{merchant.confirmationUrl}</span>
          ) : (
            t('none')
          )}
        </Fact>
      </Facts>
    </Panel>
  )
}
