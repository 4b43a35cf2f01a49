import { expect, test } from 'vitest'
import { createTakenUp } from './taken-up'

/** A work that is finished when told to. */
function held() {
  let finish = () => undefined as void
  const work = new Promise<void>((resolve) => (finish = resolve))
  return { work, finish: () => finish() }
}

test('what is stuck does not keep the worker from taking up more, until there is no room (P3.5, P9.2)', async () => {
  const takenUp = createTakenUp()
  const stuck = Array.from({ length: 998 }, held)
  await takenUp.start(stuck.map(({ work }) => work))
  expect(takenUp.room(64)).toBe(2)
  await takenUp.start([Promise.resolve()])
  expect(takenUp.room(64)).toBe(2)
  const last = [held(), held()]
  await takenUp.start(last.map(({ work }) => work))
  expect(takenUp.room(64)).toBe(0)
  for (const { finish } of [...stuck, ...last]) finish()
  await takenUp.idle()
  expect(takenUp.room(64)).toBe(64)
})
