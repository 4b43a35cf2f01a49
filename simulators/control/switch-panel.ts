/** What every section of the outside world has: the switches that are set, the form that sets one, and complaints. */
import type { Html } from './html'
import { html } from './html'
import type { Words } from './words'

const TIMES = [1, 2, 3, 10]

interface SetSwitch {
  readonly id: number
  readonly times?: number | undefined
}

/** What a switch does, as the outside world's messages have it. */
export interface Deed {
  readonly kind: string
  readonly code?: string
  readonly ms?: number
}

/** A deed in words, with the code it answers or the time it takes. */
export function deedText({ kind, code, ms }: Deed, words: Words): string {
  const details = [code, ms === undefined ? undefined : `${ms} ms`].filter((detail) => detail !== undefined)
  return [words.deed(kind), ...details].join(' ')
}

/**
 * The switches that are set, each with a button that clears it.
 * @param path of the switches, from where the page is
 * @param details what a switch says of itself besides for how long it stands
 */
export function switchChips<Switch extends SetSwitch>(
  path: string,
  set: readonly Switch[],
  { say }: Words,
  details: (each: Switch) => readonly string[],
): Html {
  if (set.length === 0) return html`<p class="small muted">${say('noSwitches')}</p>`
  return html`<ul class="chips">
    ${set.map((each) => {
      const text = [...details(each), each.times === undefined ? say('untilCleared') : `× ${each.times}`].join(' · ')
      return html`<li class="tag warn">
        ${text}
        <button type="button" class="quiet" data-delete="${path}/${each.id}" aria-label="${say('clear')}: ${text}">
          ✕
        </button>
      </li>`
    })}
  </ul>`
}

/** A choice in a form: each option's value, and what people read. */
export function choice(label: string, name: string, options: readonly (readonly [string, string])[]): Html {
  return html`<label
    >${label}
    <select name="${name}">
      ${options.map(([value, text]) => html`<option value="${value}">${text}</option>`)}
    </select></label
  >`
}

/** For how many messages a switch stands. */
function timesChoice({ say }: Words): Html {
  return choice(say('times_'), 'times', [
    ...TIMES.map((each) => [String(each), String(each)] as const),
    ['', say('untilCleared')],
  ])
}

/** The form of a switch that knows only a deed. */
export function deedForm(path: string, deeds: readonly string[], words: Words, more?: Html): Html {
  const { say, deed } = words
  return html`<form data-post="${path}" class="fields">
    ${choice(
      say('deed'),
      'do',
      deeds.map((each) => [each, deed(each)]),
    )}
    ${timesChoice(words)}
    <button type="submit">${say('setSwitch')}</button>
    ${more}
  </form>`
}

interface MessageSwitch {
  readonly path: string
  /** Messages that a switch can be set on. */
  readonly targets: readonly string[]
  readonly kinds: readonly string[]
  /** The kind of deed that answers a code, and the codes. */
  readonly refusal: { readonly kind: string; readonly codes: readonly string[] }
  /** Kinds of deed that take time, separated by spaces. */
  readonly late: string
  /** Which card or line it is about. */
  readonly only?: Html
  /** Buttons beside the form's own. */
  readonly more?: Html
}

/** The form of a switch that knows messages, deeds and whom it is about. */
export function messageSwitchForm(form: MessageSwitch, words: Words): Html {
  const { path, targets, kinds, refusal, late, only, more } = form
  const { say, target, deed } = words
  return html`<form data-post="${path}" class="fields">
    ${choice(
      say('onMessages'),
      'on',
      targets.map((each) => [each, target(each)]),
    )}
    ${choice(
      say('deed'),
      'kind',
      kinds.map((each) => [each, deed(each)]),
    )}
    <label data-only="${refusal.kind}"
      >${say('code')}
      <select name="code">
        ${refusal.codes.map((each) => html`<option value="${each}">${words.code(each)}</option>`)}
      </select></label
    >
    <label data-only="${late}" hidden
      >${say('milliseconds')} <input name="ms" type="number" inputmode="numeric" min="0" max="600000" value="6000"
    /></label>
    ${only} ${timesChoice(words)}
    <button type="submit">${say('setSwitch')}</button>
    ${more}
  </form>`
}

/** What a simulator found wrong with what it was sent. */
export function complaintList(id: string, complaints: readonly string[], { say }: Words): Html {
  return html`<div data-live="${id}-complaints">
    ${
      complaints.length > 0 &&
      html`<details id="${id}-complaints-list">
        <summary>${say('complaints')} (${complaints.length})</summary>
        <ul class="small">
          ${complaints.map((each) => html`<li>${each}</li>`)}
        </ul>
      </details>`
    }
  </div>`
}
