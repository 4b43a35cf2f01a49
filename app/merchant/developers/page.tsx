import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { ButtonLink } from '@/components/ui/button-link'
import { CopyButton } from '@/components/ui/copy-button'
import { Fact, Facts } from '@/components/ui/facts'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { publicId } from '@/lib/ids'
import { ApiKeys } from './_parts/api-keys'
import { Applications } from './_parts/applications'
import { OAuthClients } from './_parts/oauth-clients'
import { ConfirmationAddress } from './_parts/confirmation-address'
import { ReturnAddresses } from './_parts/return-addresses'
import { Authorities } from './_parts/authorities'
import { SignatureContract } from './_parts/signature-contract'
import { SignatureKeys } from './_parts/signature-keys'
import { WebhookEndpoints } from './_parts/webhook-endpoints'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant.developers')
  return { title: t('title') }
}

/** What a shop's developers need: keys, webhooks, and the address at which payments are confirmed. */
export default async function DevelopersPage() {
  const desk = await requireDesk('endpoint.see', '/merchant/developers')
  const { gateway, merchant } = desk
  const [t, shared] = await Promise.all([getTranslations('merchant.developers'), getTranslations('shared')])
  const id = publicId('mer', merchant.id)
  const jwks = new URL('/.well-known/jwks.json', gateway.settings.WEB_URL).href
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          <>
            <ButtonLink href="/merchant/developers/messages">{t('deliveries')}</ButtonLink>
            {desk.may('api-log.see') ? (
              <ButtonLink href="/merchant/developers/requests">{t('requests')}</ButtonLink>
            ) : null}
          </>
        }
      />
      <div className="flex flex-col gap-5">
        {desk.may('api-key.see') ? <ApiKeys desk={desk} /> : null}
        <WebhookEndpoints desk={desk} />
        <ConfirmationAddress desk={desk} />
        <ReturnAddresses desk={desk} />
        <SignatureContract desk={desk} />
        <SignatureKeys desk={desk} />
        <Authorities desk={desk} />
        {desk.may('oauth-client.see') ? <OAuthClients desk={desk} /> : null}
        {desk.may('application.see') ? <Applications desk={desk} /> : null}
        <Panel>
          <PanelHeader title={t('ours')} description={t('oursText')} />
          <Facts>
            <Fact name={t('merchantId')}>
              <span className="inline-flex flex-wrap items-center justify-end gap-x-2">
                <span className="font-mono text-xs break-all">{id}</span>
                <CopyButton text={id} label={shared('copy')} done={shared('copied')} />
              </span>
            </Fact>
            <Fact name={t('jwks')}>
              <a href={jwks} className="font-mono text-xs break-all text-accent underline">
                {jwks}
              </a>
            </Fact>
            {gateway.trust.anchors.map(({ fingerprint }) => (
              <Fact key={fingerprint} name={t('authority')}>
                <a
                  href="/.well-known/moa-authorities.json"
                  className="font-mono text-xs break-all text-accent underline"
                >
                  SHA-256 {fingerprint}
                </a>
              </Fact>
            ))}
          </Facts>
        </Panel>
      </div>
    </>
  )
}
