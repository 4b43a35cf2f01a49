import { CirclePause, CirclePlay, ShieldAlert } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { ConfirmDeed } from '@/components/account/confirm-deed'
import { Button } from '@/components/ui/button'
import { SubmitButton } from '@/components/ui/submit-button'
import type { Account } from '@/lib/accounts/account'
import { reportLost, resumeAccount, suspendAccount } from '../actions'

/** What a holder does at once: lock a lost card in one tap, suspend, resume. */
export async function AccountDeeds({ account }: { account: Account }) {
  const [t, shared] = await Promise.all([getTranslations('account.accounts'), getTranslations('shared')])
  return (
    <>
      {account.suspendedAt ? (
        <form action={resumeAccount.bind(null, account.id)}>
          <SubmitButton wide>
            <CirclePlay aria-hidden />
            {t('resume')}
          </SubmitButton>
        </form>
      ) : (
        <ConfirmDeed
          trigger={
            <Button>
              <CirclePause aria-hidden />
              {t('suspend')}
            </Button>
          }
          title={t('suspendTitle')}
          text={t('suspendText')}
          words={{ confirm: t('suspend'), keep: shared('cancel'), close: shared('close') }}
          deed={suspendAccount.bind(null, account.id)}
        />
      )}
      {account.lostAt ? null : (
        // Whoever has lost a card does not want to be asked whether they are sure.
        <form action={reportLost.bind(null, account.id)}>
          <SubmitButton kind="danger" wide>
            <ShieldAlert aria-hidden />
            {t('lost')}
          </SubmitButton>
        </form>
      )}
    </>
  )
}
