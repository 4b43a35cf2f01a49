export interface Waiting {
  readonly headersMs: number
  readonly requestMs: number
  readonly checkMs: number
  readonly keepAliveMs: number
}
export const WAITING: Waiting
