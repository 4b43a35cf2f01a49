import { getTranslations } from 'next-intl/server'
import { Checkbox } from '@/components/ui/checkbox'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { Endpoint } from '@/lib/merchants/merchant'
import { webhookTopics } from '@/lib/messages/message'
import { TOPIC_NAMES } from '../../_parts/topic-names'

/** Address and topics of a webhook endpoint. */
export async function EndpointFields({ id, endpoint }: { id: string; endpoint?: Endpoint }) {
  const t = await getTranslations('merchant.endpoints')
  const field = `endpoint-url-${id}`
  const hint = t('urlHint')
  return (
    <>
      <Field id={field} label={t('url')} hint={hint}>
        <Input
          {...fieldControl(field, { hint })}
          name="url"
          type="url"
          inputMode="url"
          required
          maxLength={500}
          autoComplete="off"
          placeholder="https://"
          defaultValue={endpoint?.url}
        />
      </Field>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-1.5 text-sm font-medium text-ink">{t('topics')}</legend>
        {webhookTopics.map((topic) => (
          <Checkbox
            key={topic}
            name="topic"
            value={topic}
            defaultChecked={!endpoint || endpoint.topics.length === 0 || endpoint.topics.includes(topic)}
            label={t(`topic.${TOPIC_NAMES[topic]}`)}
            description={<span className="font-mono text-xs">{topic}</span>}
          />
        ))}
      </fieldset>
    </>
  )
}
