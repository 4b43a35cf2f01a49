import type { Clock } from '../../clock'
import type { BankFilesSettings } from '../../link-settings'
import type { FileLinks } from '../files/file-link'
import { connectFileLinks } from '../files/sftp-file-links'

/** The link over which files are exchanged with banks (docs/links/bank.md). */
export type BankFileLinks = FileLinks

/** The banks' file servers over SFTP: one connection a session, none kept open between the runs of a job. */
export function connectBankFiles(
  banks: readonly BankFilesSettings[],
  parts: { clock: Clock; silenceMs?: number },
): BankFileLinks {
  return connectFileLinks(banks, parts)
}
