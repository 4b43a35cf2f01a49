/** Keeps the page of the outside world fresh and carries its buttons and forms to the control API. */

const { failed, copied, question } = document.body.dataset

/**
 * Takes over every part of a newly drawn page that differs, except one that has the focus; what is unfolded stays so.
 * @param {Document} drawn
 */
function takeOver(drawn) {
  for (const fresh of drawn.querySelectorAll('[data-live]')) {
    const shown = document.querySelector(`[data-live="${fresh.dataset.live}"]`)
    if (!shown || shown.contains(document.activeElement)) continue
    for (const open of shown.querySelectorAll('details[open][id]'))
      fresh.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute('open', '')
    if (shown.outerHTML !== fresh.outerHTML) shown.replaceWith(document.importNode(fresh, true))
  }
}

let drawing = false
let again = false

async function refresh() {
  if (drawing) {
    again = true
    return
  }
  drawing = true
  try {
    const response = await fetch(location.href)
    takeOver(new DOMParser().parseFromString(await response.text(), 'text/html'))
  } catch {
    showLive(false)
  }
  drawing = false
  if (again) {
    again = false
    await refresh()
  }
}

function showLive(isLive) {
  const live = document.querySelector('#live')
  live.textContent = isLive ? live.dataset.liveText : live.dataset.offlineText
  live.classList.toggle('done', isLive)
  live.classList.toggle('warn', !isLive)
}

async function call(method, path, body) {
  const failure = document.querySelector('#failure')
  failure.hidden = true
  try {
    const response = await fetch(path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    })
    if (!response.ok) throw new Error((await response.json()).error)
  } catch (error) {
    failure.textContent = failed + error.message
    failure.hidden = false
  }
  await refresh()
}

/** What a form says, as the control API wants it: nothing for empty fields, and the parts of a deed together. */
function wordsOf(form) {
  const { kind, code, ms, ...rest } = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''))
  if (rest.times) rest.times = Number(rest.times)
  if (!kind) return rest
  const applies = (name) => form.elements[name].closest('label').dataset.only.split(' ').includes(kind)
  return { ...rest, do: { kind, ...(applies('code') && { code }), ...(applies('ms') && { ms: Number(ms) }) } }
}

document.addEventListener('submit', (event) => {
  event.preventDefault()
  call('POST', event.target.dataset.post, wordsOf(event.target))
})

document.addEventListener('change', ({ target }) => {
  if (target.name !== 'kind') return
  for (const label of target.form.querySelectorAll('[data-only]'))
    label.hidden = !label.dataset.only.split(' ').includes(target.value)
})

document.addEventListener('click', async ({ target }) => {
  const button = target.closest('button[type="button"]')
  if (!button) return
  if (button.dataset.copy) {
    await navigator.clipboard.writeText(button.dataset.copy)
    button.textContent = copied
    return
  }
  if ('ask' in button.dataset && !confirm(question)) return
  button.disabled = true
  // Without the focus the part that the button stands in can be drawn anew.
  button.blur()
  await call(button.dataset.delete ? 'DELETE' : 'POST', button.dataset.delete ?? button.dataset.post)
  button.disabled = false
})

const changes = new EventSource('/api/changes')
changes.addEventListener('open', () => {
  showLive(true)
  refresh()
})
changes.addEventListener('message', refresh)
changes.addEventListener('error', () => showLive(false))
