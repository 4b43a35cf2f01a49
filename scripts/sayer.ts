/** Prints lines with the seconds that have passed since it was made. */
export function sayer(): (line: string) => void {
  const begin = performance.now()
  return (line) => {
    const seconds = ((performance.now() - begin) / 1000).toFixed(1)
    console.log(`${seconds.padStart(6)} s  ${line}`)
  }
}
