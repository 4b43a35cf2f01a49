import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { Checkbox } from '@/components/ui/checkbox'
import { Field, fieldControl } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { ModuleTerms } from '@/lib/payments/module-terms'
import { moduleName } from '@/app/_glue/module-name'
import { TermsPanel } from './terms-panel'

/** Which other means may stand beside one in a payment. */
export async function CombinationPanel({ desk, terms }: { desk: Desk; terms: ModuleTerms }) {
  const [t, names] = await Promise.all([getTranslations('modules.combination'), getTranslations('modules')])
  const { combination } = terms
  const others = desk.gateway.merchantModules.installed.filter(({ code }) => code !== terms.module)
  const listed = combination.kind === 'listed' ? combination.with : []
  const shown = others.filter(({ code }) => listed.includes(code)).map((each) => moduleName(names, each, desk.locale))
  return (
    <TermsPanel
      {...{ desk, module: terms.module, which: 'combination', title: t('title'), text: t('text') }}
      form={
        <>
          <Field id="combination-kind" label={t('title')}>
            <Select {...fieldControl('combination-kind', {})} name="kind" defaultValue={combination.kind}>
              {(['any', 'alone', 'listed'] as const).map((kind) => (
                <option key={kind} value={kind}>
                  {t(kind)}
                </option>
              ))}
            </Select>
          </Field>
          <fieldset className="flex flex-col gap-3">
            <legend className="mb-2 text-sm font-medium text-ink">{t('listed')}</legend>
            {others.map((each) => (
              <Checkbox
                key={each.code}
                name="with"
                value={each.code}
                label={moduleName(names, each, desk.locale)}
                defaultChecked={listed.includes(each.code)}
              />
            ))}
          </fieldset>
        </>
      }
    >
      <p className="text-sm font-medium text-ink">
        {t(combination.kind)}
        {combination.kind === 'listed' ? `: ${shown.join(', ')}` : ''}
      </p>
    </TermsPanel>
  )
}
