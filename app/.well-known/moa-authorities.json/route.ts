export { serveApi as GET, serveApi as HEAD } from '@/app/_glue/serve-api'
