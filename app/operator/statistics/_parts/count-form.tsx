import { SubmitButton } from '@/components/ui/submit-button'
import type { Day } from '@/lib/statistics/daily-store'
import { countDay } from '../actions'

/** The button that counts a day anew. */
export function CountForm({ day, label, kind }: { day: Day; label: string; kind: 'primary' | 'secondary' }) {
  return (
    <form action={countDay}>
      <input type="hidden" name="day" value={day} />
      <SubmitButton kind={kind}>{label}</SubmitButton>
    </form>
  )
}
