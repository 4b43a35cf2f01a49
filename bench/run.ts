/** The benchmarks, each loaded only when it is asked for. */
const benchmarks = {
  accounts: () => import('./accounts'),
  billing: () => import('./billing'),
  lists: () => import('./lists'),
  optimizer: () => import('./optimizer'),
  payments: () => import('./payments'),
  telco: () => import('./telco'),
}

const [name = '', ...args] = process.argv.slice(2)
if (Object.hasOwn(benchmarks, name)) {
  const { run } = await benchmarks[name as keyof typeof benchmarks]()
  await run(args)
} else {
  console.error(`usage: npm run bench -- <${Object.keys(benchmarks).join('|')}> [arguments]`)
  process.exitCode = 2
}
