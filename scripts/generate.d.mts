export function clientIsStale(): boolean
export function generateClient(): void
