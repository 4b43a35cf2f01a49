import loadHighs from 'highs'
import type { Instance } from './instance'
import { termsOf } from './terms'
import type { UtilityCurve } from './utility-curve'
import { utilityCurve } from './utility-curve'

/** The least gap at which HiGHS may stop, far below the minor unit within which a plan counts as optimal. */
const GAP = 1e-4

/** A general solver for mixed-integer programs, for comparison: it knows nothing of wallets. */
export type MipSolver = Awaited<ReturnType<typeof loadHighs>>

export async function startHighs(): Promise<MipSolver> {
  return loadHighs()
}

export interface MipAnswer {
  /** undefined when there is no plan. */
  readonly utility: number | undefined
  /** Of solving alone: building and reading the model is not counted. */
  readonly milliseconds: number
}

/** Solves the instance with HiGHS. */
export function solveWithHighs(highs: MipSolver, instance: Instance): MipAnswer {
  return highs.withModel({ format: 'lp', data: mixedIntegerProgram(instance) }, (model) => {
    model.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: GAP })
    const start = performance.now()
    model.run()
    const milliseconds = performance.now() - start
    const isOptimal = model.getModelStatus() === highs.constants.modelStatus.optimal
    return { utility: isOptimal ? model.getObjectiveValue() : undefined, milliseconds }
  })
}

/**
 * The instance as a mixed-integer program in the LP format. Only where a card's utility is not concave does it need a
 * choice: one binary variable for each stretch on which it is, one continuous variable for each line of a stretch.
 */
function mixedIntegerProgram(instance: Instance): string {
  const objective: string[] = []
  const sum: string[] = []
  const count: string[] = []
  const rows: string[] = []
  const bounds: string[] = []
  const binaries: string[] = []
  const usable = termsOf(instance).filter(({ usable, least }) => usable && least <= instance.amount)
  usable.forEach((terms, card) => {
    const curve = utilityCurve(terms, instance)
    const choices: string[] = []
    concaveStretches(curve).forEach(({ from, to }, stretch) => {
      const choice = `z_${card}_${stretch}`
      choices.push(choice)
      binaries.push(choice)
      count.push(`+ ${choice}`)
      sum.push(`+ ${curve.charges[from]!} ${choice}`)
      objective.push(signed(curve.utilities[from]!, choice))
      for (let k = from; k < to; k++) {
        const length = curve.charges[k + 1]! - curve.charges[k]!
        const part = `y_${card}_${stretch}_${k}`
        sum.push(`+ ${part}`)
        objective.push(signed((curve.utilities[k + 1]! - curve.utilities[k]!) / length, part))
        bounds.push(`0 <= ${part} <= ${length}`)
        rows.push(`${part} - ${length} ${choice} <= 0`)
      }
    })
    rows.push(`${choices.join(' + ')} ${terms.required ? '=' : '<='} 1`)
  })
  const { maxCards } = instance.preferences
  const most = maxCards === undefined ? [] : [`${count.join(' ')} <= ${maxCards}`]
  return [
    `Maximize\n obj: ${objective.join('\n ')}`,
    `Subject To\n ${[`${sum.join('\n ')} = ${instance.amount}`, ...most, ...rows].join('\n ')}`,
    `Bounds\n ${bounds.join('\n ')}`,
    `Binaries\n ${binaries.join('\n ')}`,
    'End\n',
  ].join('\n')
}

function concaveStretches({ charges, utilities }: UtilityCurve): { from: number; to: number }[] {
  const slope = (k: number) => (utilities[k + 1]! - utilities[k]!) / (charges[k + 1]! - charges[k]!)
  const stretches: { from: number; to: number }[] = []
  let from = 0
  for (let k = 1; k < charges.length; k++) {
    if (k + 1 < charges.length && slope(k) <= slope(k - 1)) continue
    stretches.push({ from, to: k })
    from = k
  }
  if (stretches.length === 0) stretches.push({ from: 0, to: 0 })
  return stretches
}

function signed(value: number, name: string): string {
  return `${value < 0 ? '-' : '+'} ${Math.abs(value)} ${name}`
}
