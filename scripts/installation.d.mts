import type { ChildProcess } from 'node:child_process'

export function isInstalled(root: string): boolean
export function install(root: string, onChild: (child: ChildProcess) => void): Promise<number>
export function alone(
  root: string,
  name: string,
  onWait: () => void,
  work: () => Promise<void>,
  signal?: AbortSignal,
): Promise<void>
