import { expect, test } from 'vitest'
import { csvLine } from './csv'

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+82', "'+82"],
  ['-5', "'-5"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['\rx', '"\'\rx"'],
  ['=cmd|"/c calc"!A1', '"\'=cmd|""/c calc""!A1"'],
  ['1,000=', '"1,000="'],
  ['', ''],
])('%j stands in a CSV file as %j, and no spreadsheet runs it (P10.3)', (text, written) =>
  expect(csvLine([text, 'x'])).toBe(`${written},x\r\n`),
)
