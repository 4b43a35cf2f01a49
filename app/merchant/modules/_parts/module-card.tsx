import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { ButtonLink } from '@/components/ui/button-link'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { InstalledModule } from '@/lib/merchant-modules/installed-module'
import type { Running } from '@/lib/merchant-modules/running-store'
import type { ModuleTerms } from '@/lib/payments/module-terms'
import { moduleName } from '@/app/_glue/module-name'
import { StateBadge, StateDeed } from './state-deed'

interface Props {
  readonly desk: Desk
  readonly module: InstalledModule
  readonly terms: ModuleTerms | undefined
  readonly running: Running | undefined
}

/** One module on the overview: what it is, whether it is on, and what runs. */
export async function ModuleCard({ desk, module, terms, running }: Props) {
  const t = await getTranslations('modules')
  const name = moduleName(t, module, desk.locale)
  return (
    <Panel className="flex flex-col" aria-label={name}>
      <PanelHeader title={name} description={t(`timing.${module.timing}`)} actions={<StateBadge terms={terms} />} />
      <p className="mb-4 flex-1 text-sm text-ink-soft">{running ? t('running', { ...running }) : t('nothingRuns')}</p>
      <div className="flex flex-wrap gap-2">
        {terms ? (
          <ButtonLink href={`/merchant/modules/${module.code}`} size="small" aria-label={`${t('manage')}: ${name}`}>
            {t('manage')}
          </ButtonLink>
        ) : null}
        <StateDeed {...{ desk, module, terms, running }} />
      </div>
    </Panel>
  )
}
