import type { Clock } from '../../clock'
import type { BillingCentreSettings } from '../../link-settings'
import { connectFileLinks } from '../files/sftp-file-links'
import type { BillingCentres } from './billing-centre'

/** The billing centres over SFTP: one connection a session, none kept open between the runs of a job. */
export function connectBillingCentres(
  centres: readonly BillingCentreSettings[],
  parts: { clock: Clock; silenceMs?: number },
): BillingCentres {
  return connectFileLinks(
    centres.map(({ folders: { charges, results }, ...centre }) => ({
      ...centre,
      folders: { outgoing: charges, incoming: results },
    })),
    parts,
  )
}
