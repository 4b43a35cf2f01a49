import { expect, test } from 'vitest'
import { jobs } from '../lib/jobs/registry'
import en from '../locales/en/operator.json'
import ko from '../locales/ko/operator.json'

test('operators read a name for every job, in both languages, and none for a job that is gone (P9.4)', () => {
  const codes = jobs.map(({ name }) => name).sort()
  expect(Object.keys(ko.board.jobs.names).sort()).toEqual(codes)
  expect(Object.keys(en.board.jobs.names).sort()).toEqual(codes)
})
