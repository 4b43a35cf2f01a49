interface Book {
  readonly cards: Record<string, { pin: string; points: number }>
  view(): { holds: Record<string, { points: number; state: 'held' | 'taken' | 'void'; givenBack: number }> }
}

type Answer = { readonly ok: boolean; readonly reason?: string }

export interface PointsService {
  readonly book: Book
  readonly url: string
  close(): Promise<void>
}

export const DEMO_CARDS: Readonly<Record<string, { pin: string; points: number }>>

export function startPointsService(options?: {
  port?: number
  file?: string
  before?: (path: string, answer: () => Answer) => Answer | undefined
}): Promise<PointsService>
