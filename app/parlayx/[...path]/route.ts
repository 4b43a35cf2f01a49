import { serveApi } from '@/app/_glue/serve-api'

// Every method, so that the table itself says which of them an address has.
export const GET = serveApi
export const HEAD = serveApi
export const POST = serveApi
export const PUT = serveApi
export const PATCH = serveApi
export const DELETE = serveApi
export const OPTIONS = serveApi
