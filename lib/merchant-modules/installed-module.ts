import type { ModuleCode, PaymentModule } from '../modules/payment-module'

/** A payment module as everybody who manages modules may know it. */
export interface InstalledModule {
  readonly code: ModuleCode
  readonly timing: PaymentModule['timing']
  readonly canRefund: boolean
  /**
   * capture: what is held for a merchant can be captured by a batch. collection: the module itself collects by batches, on
   * the merchant's schedule.
   */
  readonly batch?: 'capture' | 'collection'
  /** Of a module that came as a package: its names, its version and what it asks shoppers for. */
  readonly packaged?: PaymentModule['packaged']
}

export function installedModule(paymentModule: PaymentModule): InstalledModule {
  const { code, timing, refund, packaged } = paymentModule
  const batch = batchOf(paymentModule)
  return { code, timing, canRefund: refund !== undefined, ...(batch && { batch }), ...(packaged && { packaged }) }
}

function batchOf({ timing, batch, holdsNothing }: PaymentModule): InstalledModule['batch'] {
  if (batch) return batch
  return timing === 'immediate' && !holdsNothing ? 'capture' : undefined
}
