import { getTranslations } from 'next-intl/server'
import { Fact, Facts } from '@/components/ui/facts'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { RefusedPackage } from '@/lib/merchant-modules/merchant-modules'
import type { Board } from '@/lib/operations/board'
import { meansName } from './means-name'

interface Props {
  readonly modules: Board['modules']
  /** Packages that could not be loaded. */
  readonly refused: readonly RefusedPackage[]
}

/** The payment modules that are installed (P9.5). */
export async function ModuleList({ modules, refused }: Props) {
  const t = await getTranslations('operator')
  return (
    <Panel>
      <PanelHeader title={t('board.modules.title')} description={t('board.modules.text')} />
      <Facts>
        {modules.map(({ module, merchants }) => (
          <Fact key={module} name={meansName(t, module)}>
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
