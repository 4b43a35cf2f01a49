import path from 'node:path'

/** Everything the system keeps below its data folder, by absolute path; npm run reset removes exactly this. */
export interface DataFolder {
  readonly postgres: string
  readonly secrets: string
  /** The example shop's own secrets. */
  readonly shop: string
  readonly secondShop: string
  /** The demo's client of the CAMARA interface, with its secret. */
  readonly camaraClient: string
  readonly outsideWorld: string
  /** The books of the points service. */
  readonly points: string
  /** Copies of record of charging files. */
  readonly billing: string
  /** Copies of record of orders to banks. */
  readonly bankFiles: string
  readonly logs: string
  /** Signed by the process that runs on the folder. */
  readonly claim: string
}

/** The data folder of MOA_DATA, else `.data`. */
export function chosenDataFolder(): string {
  return path.resolve(process.env.MOA_DATA || '.data')
}

export function inDataFolder(folder: string): DataFolder {
  return {
    postgres: path.join(folder, 'postgres'),
    secrets: path.join(folder, 'secrets.json'),
    shop: path.join(folder, 'shop.json'),
    secondShop: path.join(folder, 'second-shop.json'),
    camaraClient: path.join(folder, 'camara-client.json'),
    outsideWorld: path.join(folder, 'outside-world'),
    points: path.join(folder, 'points.json'),
    billing: path.join(folder, 'billing'),
    bankFiles: path.join(folder, 'bank-files'),
    logs: path.join(folder, 'logs'),
    claim: path.join(folder, 'running.json'),
  }
}
