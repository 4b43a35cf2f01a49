import { getTranslations } from 'next-intl/server'
import { ACCOUNT_FORM, sealedFormWords } from '@/app/_glue/account-forms'
import { runningGateway } from '@/app/_glue/gateway'
import { SealedForm } from '@/components/account/sealed-form'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { proveAgain } from '../actions'

/** Asks for the password where it was typed long ago: a session that is found open changes nothing about the log-in. */
export async function ProveAgainPanel() {
  const [{ sealedInput }, t] = await Promise.all([runningGateway(), getTranslations('people.security.proveAgain')])
  return (
    <Panel>
      <PanelHeader title={t('title')} description={t('text')} />
      <SealedForm
        id="prove-again"
        fields={[{ name: 'password', label: t('password'), kind: 'password', maxLength: 128 }]}
        offer={sealedInput.offer(ACCOUNT_FORM)}
        words={await sealedFormWords(t('submit'))}
        send={proveAgain}
      />
    </Panel>
  )
}
