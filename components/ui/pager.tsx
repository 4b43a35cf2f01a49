import { ButtonLink } from './button-link'

/** Leads to the next page of a list that is paged by cursor; absent on the last one. */
export function Pager({ nextHref, label }: { nextHref?: string; label: string }) {
  if (!nextHref) return null
  return (
    <div className="mt-6 flex justify-center print:hidden">
      <ButtonLink href={nextHref} scroll={false}>
        {label}
      </ButtonLink>
    </div>
  )
}
