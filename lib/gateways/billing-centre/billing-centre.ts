import type { FileLinks, FileLinkState, FileSession } from '../files/file-link'

export type { Heard, RemoteFile } from '../files/file-link'

/** What can be done while connected to one billing centre: charging files go there, acknowledgements and collection files come. */
export type CentreSession = FileSession

/** How the link to one billing centre stands, for operators. */
export type BillingCentreState = FileLinkState

/** The link to the charge management systems (docs/links/billing-file.md). */
export type BillingCentres = FileLinks
