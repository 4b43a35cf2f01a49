import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import type { InstalledModule } from '@/lib/merchant-modules/installed-module'
import type { Running } from '@/lib/merchant-modules/running-store'
import type { ModuleTerms } from '@/lib/payments/module-terms'
import { deedWords } from '../../_parts/deed-words'
import { registerModule, switchModule } from '../actions'
import { moduleName } from '@/app/_glue/module-name'

const TONES = { available: 'neutral', inactive: 'warn', active: 'good' } as const

export async function StateBadge({ terms }: { terms: ModuleTerms | undefined }) {
  const t = await getTranslations('modules')
  const state = terms?.state ?? 'available'
  return <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>
}

interface Props {
  readonly desk: Desk
  readonly module: InstalledModule
  readonly terms: ModuleTerms | undefined
  readonly running: Running | undefined
}

/** Registers, activates or deactivates a module; says before what still runs over it. */
export async function StateDeed({ desk, module, terms, running }: Props) {
  if (!desk.may('module.change') || !desk.may('merchant.change')) return null
  const t = await getTranslations('modules')
  const deed = !terms ? 'register' : terms.state === 'active' ? 'deactivate' : 'activate'
  const deeds = {
    register: registerModule.bind(null, module.code),
    activate: switchModule.bind(null, module.code, 'active'),
    deactivate: switchModule.bind(null, module.code, 'inactive'),
  }
  return (
    <DeedDialog
      trigger={t(deed)}
      triggerLook={{ size: 'small', kind: deed === 'deactivate' ? 'quiet' : 'soft' }}
      title={`${moduleName(t, module, desk.locale)} · ${t(deed)}`}
      description={t(`${deed}Text`)}
      words={await deedWords(t(deed))}
      isDangerous={deed === 'deactivate'}
      deed={deeds[deed]}
    >
      {deed === 'deactivate' ? (
        <p className="text-sm font-medium text-ink">{running ? t('running', { ...running }) : t('nothingRuns')}</p>
      ) : null}
    </DeedDialog>
  )
}
