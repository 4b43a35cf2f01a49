import { getTranslations } from 'next-intl/server'
import { Fact, Facts } from '@/components/ui/facts'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { Board } from '@/lib/operations/board'
import { meansName } from './means-name'

/** The payment modules that are installed (P9.5). */
export async function ModuleList({ modules }: { modules: Board['modules'] }) {
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
      </Facts>
    </Panel>
  )
}
