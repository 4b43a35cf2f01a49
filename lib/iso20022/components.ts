/** The parts that several messages share, as far as banks use them; what is read over is `anything`. */
import {
  bic,
  code,
  count,
  country,
  currency,
  date,
  dateTime,
  decimal,
  externalCode,
  iban,
  lei,
  pattern,
  reference,
  text,
} from './leaves'
import { any, anything, choice, one, optional, sequence } from './rules'

const codeOrOwn = choice(one('Cd', externalCode), one('Prtry', text(35)))

const postalAddress = sequence(
  optional('AdrTp', anything),
  ...['Dept', 'SubDept', 'StrtNm'].map((name) => optional(name, text(70))),
  optional('BldgNb', text(16)),
  optional('BldgNm', text(35)),
  optional('Flr', text(70)),
  optional('PstBx', text(16)),
  optional('Room', text(70)),
  optional('PstCd', text(16)),
  ...['TwnNm', 'TwnLctnNm', 'DstrctNm', 'CtrySubDvsn'].map((name) => optional(name, text(35))),
  optional('Ctry', country),
  any('AdrLine', text(70), 7),
)

const otherId = sequence(one('Id', text(35)), optional('SchmeNm', codeOrOwn), optional('Issr', text(35)))

/** Somebody: who pays, who is paid, who sends. */
export const party = sequence(
  optional('Nm', text(140)),
  optional('PstlAdr', postalAddress),
  optional(
    'Id',
    choice(
      one('OrgId', sequence(optional('AnyBIC', bic), optional('LEI', lei), any('Othr', otherId))),
      one('PrvtId', sequence(optional('DtAndPlcOfBirth', anything), any('Othr', otherId))),
    ),
  ),
  optional('CtryOfRes', country),
  optional('CtctDtls', anything),
)

/** A bank. */
export const agent = sequence(
  one(
    'FinInstnId',
    sequence(
      optional('BICFI', bic),
      optional('ClrSysMmbId', sequence(optional('ClrSysId', codeOrOwn), one('MmbId', text(35)))),
      optional('LEI', lei),
      optional('Nm', text(140)),
      optional('PstlAdr', postalAddress),
      optional('Othr', otherId),
    ),
  ),
  optional('BrnchId', anything),
)

/** An account at a bank: an IBAN, or the number that the bank itself uses. */
export const account = sequence(
  one(
    'Id',
    choice(
      one('IBAN', iban),
      one('Othr', sequence(one('Id', text(34)), optional('SchmeNm', codeOrOwn), optional('Issr', text(35)))),
    ),
  ),
  optional('Tp', codeOrOwn),
  optional('Ccy', currency),
  optional('Nm', text(70)),
  optional('Prxy', anything),
)

/** What a payment is for: free text, or the payee's own reference (ISO 11649 where its type is SCOR). */
export const remittance = sequence(
  any('Ustrd', text(140)),
  any(
    'Strd',
    sequence(
      any('RfrdDocInf', anything),
      optional('RfrdDocAmt', anything),
      optional(
        'CdtrRefInf',
        sequence(
          optional(
            'Tp',
            sequence(
              one('CdOrPrtry', choice(one('Cd', externalCode), one('Prtry', text(35)))),
              optional('Issr', text(35)),
            ),
          ),
          optional('Ref', text(35)),
        ),
      ),
      ...['Invcr', 'Invcee', 'TaxRmt', 'GrnshmtRmt'].map((name) => optional(name, anything)),
      any('AddtlRmtInf', text(140), 3),
    ),
  ),
)

/** Why something was not done as asked. */
export const statusReason = sequence(optional('Orgtr', party), optional('Rsn', codeOrOwn), any('AddtlInf', text(105)))

export const codeOrProprietary = codeOrOwn
export const dateOrDateTime = choice(one('Dt', date), one('DtTm', dateTime))

/** What begins an order to a bank, whatever it orders. */
export const orderHeader = sequence(
  one('MsgId', reference),
  one('CreDtTm', dateTime),
  any('Authstn', anything, 2),
  one('NbOfTxs', count),
  optional('CtrlSum', decimal),
  one('InitgPty', party),
  optional('FwdgAgt', agent),
)

/** How one transfer or one debit of an order is told from the others. */
export const paymentIdentification = sequence(
  optional('InstrId', reference),
  one('EndToEndId', reference),
  optional('UETR', pattern(/^[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}$/, 'not a UETR')),
)

export const chargeBearer = optional('ChrgBr', code('DEBT', 'CRED', 'SHAR', 'SLEV'))

/** How one transfer or one debit of an order ends. */
export const purposeAndRemittance = [
  optional('Purp', choice(one('Cd', externalCode), one('Prtry', text(35)))),
  any('RgltryRptg', anything, 10),
  optional('Tax', anything),
  any('RltdRmtInf', anything, 10),
  optional('RmtInf', remittance),
  any('SplmtryData', anything),
]
