import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { Field, fieldControl } from '@/components/ui/field'
import { TextArea } from '@/components/ui/text-area'
import type { ModuleTerms } from '@/lib/payments/module-terms'
import { TermsPanel } from './terms-panel'

/** What a module of somebody else wants to know of this shop; the module itself says whether it is right. */
export async function SettingsPanel({ desk, terms }: { desk: Desk; terms: ModuleTerms }) {
  const t = await getTranslations('modules.settings')
  const shown = Object.entries(terms.settings)
  return (
    <TermsPanel
      {...{ desk, module: terms.module, which: 'settings', title: t('title'), text: t('text') }}
      form={
        <Field id="module-settings" label={t('title')}>
          <TextArea
            {...fieldControl('module-settings', {})}
            name="settings"
            spellCheck={false}
            className="font-mono"
            defaultValue={JSON.stringify(terms.settings, null, 2)}
          />
        </Field>
      }
    >
      {shown.length > 0 ? (
        <pre className="overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs text-ink">
          {JSON.stringify(terms.settings, null, 2)}
        </pre>
      ) : (
        <p className="text-sm text-ink-soft">{t('none')}</p>
      )}
    </TermsPanel>
  )
}
