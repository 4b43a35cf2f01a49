import type pg from 'pg'
import type { Vault } from '../cards/vault'
import type { OpenedAccount } from '../direct-debit/mandate'
import { bindingOf as mandateBinding } from '../direct-debit/mandates'
import type { BankFilesSettings } from '../link-settings'
import { payerAccountBinding } from '../giro/payer-account'
import type { OrderedTransfer, OrderKind } from '../settlement/orders'
import { answerReturn, claimReturns, type FiledReturn, filedReturns, findFiled } from './return-store'

interface Parts {
  readonly pool: pg.Pool
  readonly vault: Pick<Vault, 'open'>
  readonly banks: readonly BankFilesSettings[]
}

const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/

/** Money back to payers, as orders to the bank that has it. */
export function returnOrders({ pool, vault, banks }: Parts): OrderKind {
  return {
    code: 'returns',
    prefix: 'MOARE-',
    payers: (all) => all,
    claim: (file) => claimReturns(pool, file),
    async transfers(file, after, limit) {
      const house = banks.find(({ code }) => code === file.bank)
      const page = await filedReturns(pool, file.id, after, limit)
      return page.map((each) => opened(each, house, vault))
    },
    places: (fileId, after, limit) => filedReturns(pool, fileId, after, limit),
    find: (fileId, id) => findFiled(pool, fileId, id),
    answer: (place, answer) => answerReturn(pool, place, answer),
  }
}

/** The transfer with its account opened: of the mandate by which it was collected, or that from which it was paid in. */
function opened(each: FiledReturn, house: BankFilesSettings | undefined, vault: Pick<Vault, 'open'>): OrderedTransfer {
  const { merchantId, id, amount, mandateId, bank, accountId, agent } = each
  const place = { merchantId, id, amount, text: 'Moa refund' }
  if (mandateId !== null) {
    const account = JSON.parse(vault.open(mandateBinding({ merchantId, id: mandateId }), each)) as OpenedAccount
    const memberId = house?.debits?.reaches.find(({ code }) => code === bank)?.memberId ?? bank
    return { ...place, ...account, agent: memberId === null ? undefined : { memberId } }
  }
  return {
    ...place,
    holder: each.holder || '-',
    number: vault.open(payerAccountBinding(accountId ?? ''), each),
    agent: agent === null ? undefined : BIC.test(agent) ? { bic: agent } : { memberId: agent },
  }
}
