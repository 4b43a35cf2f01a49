import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayIn, endOf, readWallTime, startOf, wallTime } from './calendar'

const SEOUL = 'Asia/Seoul'

describe('a day', () => {
  test.each([
    ['2027-03-01', SEOUL, '2027-02-28T15:00:00.000Z'],
    ['2027-03-28', 'Europe/Berlin', '2027-03-27T23:00:00.000Z'],
    ['2027-03-29', 'Europe/Berlin', '2027-03-28T22:00:00.000Z'],
    ['2027-10-31', 'Europe/Berlin', '2027-10-30T22:00:00.000Z'],
    // In Beirut clocks go from midnight to one.
    ['2027-03-28', 'Asia/Beirut', '2027-03-27T22:00:00.000Z'],
    ['2027-06-15', 'America/Los_Angeles', '2027-06-15T07:00:00.000Z'],
  ])('%s begins in %s at %s', (day, zone, at) => {
    expect(startOf(day, zone).toISOString()).toBe(at)
    expect(dayIn(zone, startOf(day, zone))).toBe(day)
  })

  test.each([
    ['2027-03-28', 'Europe/Berlin', '2027-03-28T21:59:59.999Z'],
    // Clocks are put back at three in the morning: the next day begins an hour later than the one before did.
    ['2027-10-31', 'Europe/Berlin', '2027-10-31T22:59:59.999Z'],
    ['2027-03-13', 'America/Los_Angeles', '2027-03-14T07:59:59.999Z'],
  ])('%s ends in %s at %s', (day, zone, at) => {
    expect(endOf(day, zone)?.toISOString()).toBe(at)
  })

  test.each(['2027-02-30T', '', 'tomorrow'])('%o is none', (text) => {
    expect(endOf(text, SEOUL)).toBeUndefined()
  })
})

test('what a field of date and time shows by the clocks of a zone is read as the same moment', () => {
  const minute = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  const zones = fc.constantFrom(SEOUL, 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kathmandu')
  fc.assert(
    fc.property(minute, zones, (at, zone) => {
      const shown = wallTime(at, zone)
      // An hour that clocks show twice is read as one of the two.
      expect(wallTime(readWallTime(shown, zone)!, zone)).toBe(shown)
    }),
  )
  expect(wallTime(new Date('2026-11-21T06:04:59Z'), SEOUL)).toBe('2026-11-21T15:04')
  expect(readWallTime('2026-11-21 15:04', SEOUL)).toBeUndefined()
})
