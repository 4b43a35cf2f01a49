import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { BenchWorld } from './payments-world'

/** Milliseconds of processor time that a process, or all of PostgreSQL's, has used so far. */
export function cpuOf(who: number | 'postgres', world: Pick<BenchWorld, 'postgresPort'>): number {
  const pids = who === 'postgres' ? postgresPids(world) : [who]
  // Fields 14 and 15 of proc_pid_stat(5), in hundredths of a second; the name before them may hold spaces.
  const ticks = pids.map((pid) => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
      return (
        Number(fields[11]) + Number(fields[12]) + (who === 'postgres' ? Number(fields[13]) + Number(fields[14]) : 0)
      )
    } catch {
      return 0
    }
  })
  return ticks.reduce((sum, each) => sum + each, 0) * 10
}

function postgresPids({ postgresPort }: Pick<BenchWorld, 'postgresPort'>): number[] {
  const listed = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' }).split('\n')
  const rows = listed.map((line) => line.trim().split(/\s+/))
  const main = rows.find((fields) => fields.includes('-p') && fields[fields.indexOf('-p') + 1] === String(postgresPort))
  return main ? rows.filter(([pid, parent]) => pid === main[0] || parent === main[0]).map(([pid]) => Number(pid)) : []
}
