import { getTranslations } from 'next-intl/server'
import { Notice } from '@/components/ui/notice'

/** A link that opens no payment: says what was charged (nothing) and what to do. */
export async function BadLink({ reason }: { reason: 'differs' | 'used' | 'text' }) {
  const t = await getTranslations('checkout.link')
  return (
    <main id="content" className="mx-auto flex w-full max-w-lg flex-1 flex-col justify-center gap-4 px-4 py-16">
      <h1 className="text-2xl font-bold text-ink">{t('title')}</h1>
      <Notice tone="warn">{t(reason)}</Notice>
    </main>
  )
}
