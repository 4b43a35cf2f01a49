import { classNames } from './class-names'

/** Stands where something is about to be, in its size, so that nothing jumps. Hidden from screen readers. */
export function Skeleton({ className }: { className?: string }) {
  return <span className={classNames('block animate-pulse rounded-md bg-hover', className)} aria-hidden />
}
