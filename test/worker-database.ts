import { createWorkerDatabase } from './database'

process.env.DATABASE_URL = await createWorkerDatabase()
