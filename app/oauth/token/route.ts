import { serveApi } from '@/app/_glue/serve-api'

export const GET = serveApi
export const POST = serveApi
export const OPTIONS = serveApi
