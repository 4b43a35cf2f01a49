import type { Clock } from '../clock'
import { publicId } from '../ids'
import type { HookVerdict } from '../payments/hooks'
import type { Payment } from '../payments/payment'
import type { HookPoint } from '../payments/payment-plan'
import type { JoinedPayment, PaymentHook } from './payment-hook'
import type { ShopHooks } from './shop-hooks'

/** The way of a payment, and who has joined it: code of this installation, and the shop's own server. */
export interface Pipeline {
  /** Asks one after the other until somebody says no; a silence counts as whoever is silent said beforehand. */
  ask(point: HookPoint, payment: Payment): Promise<HookVerdict>
  /** Tells whoever listens what has happened; returns at once and never throws. */
  tell(payment: Payment): void
}

interface Parts {
  readonly clock: Clock
  readonly hooks: readonly PaymentHook[]
  readonly shopHooks: ShopHooks
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

const TIME_LIMIT_MS = 1_000
const LONGEST_MS = 4_000

export function createPipeline({ clock, hooks, shopHooks, report }: Parts): Pipeline {
  const failed = (hook: PaymentHook, payment: Payment, error: unknown) =>
    report('hook-failed', {
      hook: hook.name,
      paymentId: payment.id,
      error: error instanceof Error ? error.name : 'unknown',
    })

  async function askOne(hook: PaymentHook, point: HookPoint, payment: Payment): Promise<HookVerdict> {
    const limit = AbortSignal.timeout(Math.min(hook.timeLimitMs ?? TIME_LIMIT_MS, LONGEST_MS))
    const late = new Promise<HookVerdict>((resolve) => {
      limit.addEventListener('abort', () => resolve({ kind: 'no-answer' }), { once: true })
    })
    try {
      const asked = Promise.resolve(hook.ask?.(point, joined(payment), limit))
      asked.catch(() => undefined)
      return readVerdict(await Promise.race([asked, late]))
    } catch (error) {
      failed(hook, payment, error)
      return { kind: 'no-answer' }
    }
  }

  return {
    async ask(point, payment) {
      for (const hook of hooks.filter(({ points, ask }) => ask && points?.includes(point))) {
        const verdict = counted(await askOne(hook, point, payment), hook.noAnswer)
        if (verdict.kind !== 'allowed') return verdict
      }
      const asked = payment.plan?.hooks?.find((hook) => hook.point === point)
      return asked ? counted(await shopHooks.ask(asked, payment), asked.noAnswer) : { kind: 'allowed' }
    },

    tell(payment) {
      const event = { type: `payment.${payment.state}` as const, payment: joined(payment), at: clock.now() }
      for (const hook of hooks) {
        void (async () => hook.heard?.(event))().catch((error: unknown) => failed(hook, payment, error))
      }
    },
  }
}

function counted(verdict: HookVerdict, noAnswer: 'allow' | 'deny'): HookVerdict {
  return verdict.kind === 'no-answer' && noAnswer === 'allow' ? { kind: 'allowed' } : verdict
}

const LONGEST_WORDS = 200

/** A stranger's code may answer anything: only what says yes or no is one. */
export function readVerdict(answer: unknown): HookVerdict {
  if (typeof answer !== 'object' || answer === null || !('kind' in answer)) return { kind: 'no-answer' }
  if (answer.kind === 'allowed') return { kind: 'allowed' }
  if (answer.kind !== 'denied') return { kind: 'no-answer' }
  const words = 'words' in answer && typeof answer.words === 'string' ? answer.words : ''
  const shown = words
    .normalize('NFC')
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, LONGEST_WORDS)
  return { kind: 'denied', ...(shown ? { words: shown } : {}) }
}

/** A payment as others are told of it: every member is named here, nothing else leaves. */
export function joined({ merchantId, id, attempt, legs, ...payment }: Payment): JoinedPayment {
  return {
    id: publicId('pay', id),
    merchant: publicId('mer', merchantId),
    orderRef: payment.orderRef,
    orderName: payment.orderName,
    amount: payment.amount.toString(),
    currency: payment.currency,
    modules: [...new Set(legs.filter((leg) => leg.attempt === attempt).map(({ module }) => module))],
    metadata: payment.metadata,
  }
}
