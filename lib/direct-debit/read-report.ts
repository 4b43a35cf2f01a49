import { childrenOf, type MessageNode, type Piece, readMessage, textAt } from '../iso20022/read-message'
import { BrokenMessage } from '../iso20022/rules'
import { pain002 } from '../iso20022/pain-002'

/** What a bank's status report says, before anybody has looked whether it is about something of ours. */
export interface StatusReport {
  readonly messageId: string
  readonly of: {
    readonly messageId: string
    readonly messageName: string
    readonly count?: number
    readonly sum?: string
  }
  /** Of the whole file; absent when only single debits are spoken of. */
  readonly status?: string
  readonly reason?: string
  readonly informations: readonly string[]
  readonly byStatus: readonly { readonly status: string; readonly count: number; readonly sum?: string }[]
  readonly lines: readonly StatusLine[]
}

export interface StatusLine {
  readonly reference: string
  readonly status: string | undefined
  readonly reason: string | undefined
}

/**
 * Reads a pain.002 of at most so many lines, every element against its rules. Nothing is given of a broken one.
 * @throws BrokenMessage
 */
export async function readStatusReport(source: AsyncIterable<Uint8Array>, mostLines: number): Promise<StatusReport> {
  const paths = [
    ...['GrpHdr', 'OrgnlGrpInfAndSts', 'OrgnlPmtInfAndSts/OrgnlPmtInfId'],
    ...['OrgnlPmtInfAndSts/TxInfAndSts', 'OrgnlPmtInfAndSts/NbOfTxsPerSts'],
  ]
  let header: MessageNode | undefined
  let group: MessageNode | undefined
  const informations: string[] = []
  const byStatus: MessageNode[] = []
  const lines: StatusLine[] = []
  for await (const { path, node } of readMessage(source, pain002, paths)) {
    if (path === 'GrpHdr') header = node
    else if (path === 'OrgnlGrpInfAndSts') group = node
    else if (path.endsWith('/OrgnlPmtInfId')) informations.push(node.text)
    else if (path.endsWith('/NbOfTxsPerSts')) byStatus.push(node)
    else lines.push(lineOf(path, node))
    if (lines.length > mostLines) throw new BrokenMessage(path, `more than ${mostLines} lines`)
  }
  if (!header || !group) throw new BrokenMessage('', 'ends too early')
  const count = textAt(group, 'OrgnlNbOfTxs')
  const sum = textAt(group, 'OrgnlCtrlSum')
  const status = textAt(group, 'GrpSts')
  const reason = reasonOf(group)
  return {
    messageId: textAt(header, 'MsgId') ?? '',
    of: {
      ...{ messageId: textAt(group, 'OrgnlMsgId') ?? '', messageName: textAt(group, 'OrgnlMsgNmId') ?? '' },
      ...(count === undefined ? {} : { count: Number(count) }),
      ...(sum === undefined ? {} : { sum }),
    },
    ...(status === undefined ? {} : { status }),
    ...(reason === undefined ? {} : { reason }),
    informations,
    byStatus: [...childrenOf(group, 'NbOfTxsPerSts'), ...byStatus].map(countOf),
    lines,
  }
}

function lineOf(path: Piece['path'], node: MessageNode): StatusLine {
  const reference = textAt(node, 'OrgnlEndToEndId')
  if (reference === undefined) throw new BrokenMessage(path, 'OrgnlEndToEndId is missing')
  return { reference, status: textAt(node, 'TxSts'), reason: reasonOf(node) }
}

function reasonOf(node: MessageNode): string | undefined {
  return textAt(node, 'StsRsnInf/Rsn/Cd') ?? textAt(node, 'StsRsnInf/Rsn/Prtry')?.slice(0, 35)
}

function countOf(node: MessageNode): StatusReport['byStatus'][number] {
  const sum = textAt(node, 'DtldCtrlSum')
  return {
    ...{ status: textAt(node, 'DtldSts') ?? '', count: Number(textAt(node, 'DtldNbOfTxs')) },
    ...(sum === undefined ? {} : { sum }),
  }
}
