import { createRef } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { FaultOf, FaultyFields } from './faults'

const form = (faults?: Readonly<Record<string, string>>) =>
  renderToStaticMarkup(
    <FaultyFields form={createRef()} faults={faults}>
      <FaultOf at="minimum" />
      <FaultOf at="fee" />
    </FaultyFields>,
  )

test('a fault stands at its field and at no other, and nothing stands where nothing is wrong', () => {
  expect(form()).toBe('')
  const shown = form({ minimum: 'Please check the minimum.' })
  expect(shown.match(/role="alert"/g)).toHaveLength(1)
  expect(shown).toMatch(/id="[^"]+-minimum"[^>]*>.*Please check the minimum\./)
})
