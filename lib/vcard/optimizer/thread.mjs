/**
 * Where a thread of the optimizer begins. Plain JavaScript, because a thread inherits neither what compiles TypeScript for
 * its process nor what bundled it.
 */
import { register } from 'tsx/esm/api'

register()
await import('./thread.ts')
