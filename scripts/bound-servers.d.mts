import type { Waiting } from '../lib/http/waiting.mjs'

export function boundServers(waiting: Waiting): () => void
