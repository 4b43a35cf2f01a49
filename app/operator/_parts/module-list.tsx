import { getTranslations } from 'next-intl/server'
import { moduleName } from '@/app/_glue/module-name'
import { Fact, Facts } from '@/components/ui/facts'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { InstalledModule } from '@/lib/merchant-modules/installed-module'
import type { RefusedPackage } from '@/lib/merchant-modules/merchant-modules'
import type { Board } from '@/lib/operations/board'

interface Props {
  readonly modules: Board['modules']
  readonly installed: readonly InstalledModule[]
  /** Packages that could not be loaded. */
  readonly refused: readonly RefusedPackage[]
  readonly locale: 'ko' | 'en'
}

/** The payment modules that are installed (P9.5). */
export async function ModuleList({ modules, installed, refused, locale }: Props) {
  const [t, names] = await Promise.all([getTranslations('operator'), getTranslations('modules')])
  return (
    <Panel>
      <PanelHeader title={t('board.modules.title')} description={t('board.modules.text')} />
      <Facts>
        {modules.map(({ module, merchants }) => (
          <Fact
            key={module}
            name={moduleName(names, installed.find(({ code }) => code === module) ?? { code: module }, locale)}
          >
            {t('board.modules.merchants', { count: merchants })}
          </Fact>
        ))}
        {refused.map(({ source, why }) => (
          <Fact key={source} name={source}>
            <span className="text-bad">{t('board.modules.refused', { why })}</span>
          </Fact>
        ))}
      </Facts>
    </Panel>
  )
}
