/**
 * The exceptions of Parlay X: SVC where the same request would fail again for a reason that is no policy, POL where the
 * policy of the service forbids it. The numbers are those of the standard; %1 and %2 stand for the variables.
 */
const texts = {
  SVC0001: 'A service error occurred. Error code is %1',
  SVC0002: 'Invalid input value for message part %1',
  SVC0003: 'Invalid input value for message part %1, valid values are %2',
  SVC0004: 'No valid addresses provided in message part %1',
  SVC0005: 'Correlator %1 specified in message part %2 is a duplicate',
  SVC0007: 'Invalid charging information',
  SVC0250: 'End user authentication failed',
  SVC0251: 'Unknown voucher %1',
  SVC0270: 'Charging operation failed, the charge was not applied',
  SVC0280: 'Message too long. Maximum length is %1 characters',
  SVC0281: 'Unrecognized data format %1',
  POL0001: 'A policy error occurred. Error code is %1',
  POL0003: 'Too many addresses specified in message part %1',
  POL0008: 'Charging is not supported',
  POL0220: 'Vouchers not accepted',
} as const

export type MessageId = keyof typeof texts
export type ServiceId = Extract<MessageId, `SVC${string}`>
export type PolicyId = Extract<MessageId, `POL${string}`>

/** A refusal in the words of Parlay X, thrown by operations. Its variables never hold what must not be told. */
export class ParlayFault extends Error {
  override name = 'ParlayFault'

  constructor(
    readonly messageId: MessageId,
    readonly variables: readonly string[],
  ) {
    super(texts[messageId])
  }

  get exception(): 'ServiceException' | 'PolicyException' {
    return this.messageId.startsWith('POL') ? 'PolicyException' : 'ServiceException'
  }
}

export function serviceException(messageId: ServiceId, ...variables: string[]): ParlayFault {
  return new ParlayFault(messageId, variables)
}

export function policyException(messageId: PolicyId, ...variables: string[]): ParlayFault {
  return new ParlayFault(messageId, variables)
}
