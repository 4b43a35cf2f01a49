import 'server-only'
import type { OtherModule } from '@/components/checkout/module-view'
import type { OpenCheckout } from './checkout'

/** The payment modules that others have written and that can pay here, in the reader's language. */
export function otherModules({
  gateway,
  merchant,
  locale,
}: Pick<OpenCheckout, 'gateway' | 'merchant' | 'locale'>): OtherModule[] {
  return merchant.modules.flatMap((code) => {
    const packaged = gateway.modules.get(code)?.packaged
    if (!packaged) return []
    const fields = packaged.fields.map(({ name, label, hint, kind, shortest, longest, autofill, optional }) => ({
      ...{ name, label: label[locale], kind, shortest, longest, optional },
      ...(hint && { hint: hint[locale] }),
      ...(autofill && { autofill }),
    }))
    return [{ code, name: packaged.names[locale], fields }]
  })
}
