import { Plus, Webhook } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatDate } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { publicId } from '@/lib/ids'
import type { Endpoint } from '@/lib/merchants/merchant'
import { deedWords } from '../../_parts/deed-words'
import { topicName } from '../../_parts/topic-names'
import { changeEndpoint, createEndpoint, removeEndpoint, rotateEndpointKey, switchEndpoint } from '../actions'
import { EndpointFields } from './endpoint-fields'

const QUIET = { kind: 'quiet', size: 'small' } as const

/** Where webhooks go, and the keys they are signed with. */
export async function WebhookEndpoints({ desk }: { desk: Desk }) {
  const { gateway, merchant } = desk
  const [t, endpoints] = await Promise.all([getTranslations('merchant.endpoints'), gateway.endpoints.list(merchant.id)])
  return (
    <Panel>
      <PanelHeader
        title={t('title')}
        description={t('text')}
        actions={
          desk.may('endpoint.change') ? (
            <DeedDialog
              icon={<Plus aria-hidden />}
              trigger={t('add')}
              triggerLook={{ size: 'small' }}
              title={t('add')}
              words={await deedWords(t('add'))}
              deed={createEndpoint}
            >
              <EndpointFields id="new" />
            </DeedDialog>
          ) : null
        }
      />
      {endpoints.length === 0 ? (
        <EmptyState icon={Webhook} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {endpoints.map((endpoint) => (
            <EndpointRow key={endpoint.id} desk={desk} endpoint={endpoint} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

async function EndpointRow({ desk, endpoint }: { desk: Desk; endpoint: Endpoint }) {
  const [t, shared] = await Promise.all([getTranslations('merchant.endpoints'), getTranslations('shared')])
  const id = publicId('we', endpoint.id)
  const nameOf = (topic: string) => {
    const name = topicName(topic)
    return name ? t(`topic.${name}`) : topic
  }
  const isOn = endpoint.disabledAt === undefined
  return (
    <li className="py-4 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-mono text-sm break-all text-ink">{endpoint.url}</span>
        <Badge tone={isOn ? 'good' : 'bad'}>
          {endpoint.disabledAt ? t('off', { at: formatDate(endpoint.disabledAt, desk.locale) }) : t('on')}
        </Badge>
      </div>
      <p className="mt-1 text-xs text-ink-faint">
        {endpoint.topics.length === 0 ? t('allTopics') : endpoint.topics.map(nameOf).join(' · ')}
      </p>
      <ul className="mt-2 flex flex-col gap-1">
        {endpoint.publicKeys.map((key, index) => (
          <li key={key} className="flex flex-wrap items-center gap-x-2 text-xs text-ink-soft">
            <span className="font-mono break-all">{key}</span>
            {index > 0 ? <Badge tone="warn">{t('oldKey')}</Badge> : null}
            <CopyButton text={key} label={shared('copy')} done={shared('copied')} />
          </li>
        ))}
      </ul>
      {desk.may('endpoint.change') ? (
        <div className="mt-1 -ml-3 flex flex-wrap gap-1">
          <DeedDialog
            trigger={t('change')}
            triggerLook={QUIET}
            title={t('change')}
            words={await deedWords(shared('save'))}
            deed={changeEndpoint.bind(null, id)}
          >
            <EndpointFields id={id} endpoint={endpoint} />
          </DeedDialog>
          <DeedDialog
            trigger={t('rotate')}
            triggerLook={QUIET}
            title={t('rotate')}
            description={t('rotateText')}
            words={await deedWords(t('rotate'))}
            deed={rotateEndpointKey.bind(null, id, 'add')}
          />
          {endpoint.publicKeys.length > 1 ? (
            <DeedDialog
              trigger={t('drop')}
              triggerLook={QUIET}
              title={t('drop')}
              description={t('dropText')}
              words={await deedWords(t('drop'))}
              isDangerous
              deed={rotateEndpointKey.bind(null, id, 'drop')}
            />
          ) : null}
          <DeedDialog
            trigger={t(isOn ? 'switchOff' : 'switchOn')}
            triggerLook={QUIET}
            title={t(isOn ? 'switchOff' : 'switchOn')}
            description={t(isOn ? 'switchOffText' : 'switchOnText')}
            words={await deedWords(t(isOn ? 'switchOff' : 'switchOn'))}
            isDangerous={isOn}
            deed={switchEndpoint.bind(null, id, !isOn)}
          />
          {isOn ? null : (
            <DeedDialog
              trigger={t('remove')}
              triggerLook={QUIET}
              title={t('remove')}
              description={t('removeText')}
              words={await deedWords(t('remove'))}
              isDangerous
              deed={removeEndpoint.bind(null, id)}
            />
          )}
        </div>
      ) : null}
    </li>
  )
}
