import { parentPort } from 'node:worker_threads'
import type { Question, Reply } from './optimizer-thread'
import { optimizeInSlices } from './optimize-in-slices'

// Instances that wait at the same moment take turns, so that a long one does not keep the others.
parentPort!.on('message', ({ number, instance }: Question) => {
  optimizeInSlices(instance).then(
    (result) => parentPort!.postMessage({ number, result } satisfies Reply),
    (error: unknown) => parentPort!.postMessage({ number, error } satisfies Reply),
  )
})
