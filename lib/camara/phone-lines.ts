import type { PhoneBill } from '../billing/phone-bill'
import type { LineVault } from '../billing/line-vault'
import type { References } from '../db/references'
import type { Telcos } from '../gateways/telco/telco'
import type { LineMeans } from './line-means'

interface Parts {
  readonly telcos: Pick<Telcos, 'systemOf' | 'status'>
  readonly lineVault: LineVault
  readonly references: References
  readonly phoneBill: Pick<PhoneBill, 'requestCode' | 'proven'>
}

// Of a number that is refused so, there is no line.
const NO_LINE = new Set(['unknown-number', 'terminated', 'format'])

/** Lines as the phone-bill module charges them. */
export function createLineMeans({ telcos, lineVault, references, phoneBill }: Parts): LineMeans {
  return {
    module: 'phone-bill',
    isServed: (number) => telcos.systemOf({ kind: 'line', number }) !== undefined,

    async trust(number) {
      const calling = { kind: 'line', number } as const
      const answer = await telcos.status({ reference: await references.draw(), calling })
      if (answer.kind === 'no-answer') return { kind: 'try-later' }
      if (answer.kind === 'refused' && NO_LINE.has(answer.reason)) return { kind: 'unknown-number' }
      // Whether it may pay for this is asked when it is charged.
      const { id } = await lineVault.keep(calling, answer)
      return { kind: 'trusted', input: phoneBill.proven(id) }
    },

    async requestCode({ merchantId, paymentId, amount, number, clientId, address }) {
      const calling = { kind: 'line', number } as const
      const asker = { address, session: `oauth-client:${clientId}` }
      const answer = await phoneBill.requestCode({ merchantId, paymentId, amount, calling, asker })
      switch (answer.kind) {
        case 'sent':
          return { kind: 'sent', codeId: answer.codeId }
        // Told before: a number that is nobody's is not asked for a code.
        case 'not-served':
          return { kind: 'not-payable' }
        default:
          return answer
      }
    },

    withCode: (_number, { codeId, code }) => ({ codeId, code }),
  }
}
