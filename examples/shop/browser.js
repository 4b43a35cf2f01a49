// Small comforts; every page works without them.

/** Pressing twice sends once, and a page that the browser kept is usable when one comes back to it. */
for (const form of document.querySelectorAll('form[data-working]')) {
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return
    if (form.dataset.sent) return event.preventDefault()
    form.dataset.sent = 'yes'
    const button = event.submitter
    if (!button) return
    button.dataset.text = button.textContent
    button.textContent = form.dataset.working
    button.setAttribute('aria-busy', 'true')
  })
}
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent
    for (const button of form.querySelectorAll('[data-text]')) {
      button.textContent = button.dataset.text
      button.removeAttribute('aria-busy')
    }
  }
})

document.querySelector('[data-focus]')?.focus()
for (const select of document.querySelectorAll('select[data-sends]')) {
  select.addEventListener('change', () => select.form.requestSubmit())
}
for (const button of document.querySelectorAll('.without-script')) button.remove()

/** The order form: digits in groups, and mistakes told before anything is sent, because card numbers are not kept. */
const ordering = document.querySelector('.ordering')
if (ordering) {
  const digitsOf = (text) => text.replace(/\D/g, '')
  const isRight = {
    name: (text) => text.trim() !== '',
    email: (text) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text.trim()),
    number: (text) => /^[0-9]{12,19}$/.test(digitsOf(text)) && checkSum(digitsOf(text)) % 10 === 0,
    expiry: (text) => /^(0[1-9]|1[0-2])[0-9]{2}$/.test(digitsOf(text)),
    securityCode: (text) => text === '' || /^[0-9]{3,4}$/.test(text),
  }
  const { number, expiry } = ordering.elements
  number.addEventListener('input', () => regroup(number, (text) => text.slice(0, 19).replace(/(.{4})(?=.)/g, '$1 ')))
  expiry.addEventListener('input', () => regroup(expiry, (text) => text.slice(0, 4).replace(/^(..)(?=.)/, '$1/')))

  const inputs = Object.keys(isRight).flatMap((name) => ordering.elements[name] ?? [])
  const check = (input) => show(input, isRight[input.name](input.value))
  for (const input of inputs) input.addEventListener('blur', () => input.value !== '' && check(input))
  ordering.addEventListener(
    'submit',
    (event) => {
      // Card fields are asked for only when they are there to be seen.
      const wrong = inputs.filter((input) => input.checkVisibility() && !check(input))
      if (wrong.length === 0) return
      event.preventDefault()
      wrong[0].focus()
    },
    { capture: true },
  )
}

/** Writes digits in groups and leaves the cursor behind the digit it was behind. */
function regroup(input, group) {
  const before = input.value.slice(0, input.selectionStart).replace(/\D/g, '').length
  const grouped = group(input.value.replace(/\D/g, ''))
  if (grouped === input.value) return
  input.value = grouped
  let at = 0
  for (let seen = 0; seen < before && at < grouped.length; at++) if (/\d/.test(grouped[at])) seen++
  input.setSelectionRange(at, at)
}

function checkSum(number) {
  return [...number].reverse().reduce((sum, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return sum + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
}

function show(input, isRight) {
  const mistake = document.getElementById(`${input.id}-mistake`)
  mistake.hidden = isRight
  if (isRight) input.removeAttribute('aria-invalid')
  else input.setAttribute('aria-invalid', 'true')
  const described = (input.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id && id !== mistake.id)
  input.setAttribute('aria-describedby', [...described, ...(isRight ? [] : [mistake.id])].join(' '))
  return isRight
}

/** A page that waits for news looks again, and says aloud what has become of it. */
const PAUSE_MS = 1500
const GIVE_UP_AFTER_MS = 30 * 60_000
const begun = Date.now()

async function lookAgain() {
  const waiting = document.querySelector('[data-refreshes]')
  if (!waiting || Date.now() - begun > GIVE_UP_AFTER_MS) return
  try {
    const { standing } = await (await fetch(`${location.pathname}/state`)).json()
    if (standing && standing !== waiting.dataset.refreshes) await renew()
  } catch {
    // Offline for a moment; the next look may succeed.
  }
  setTimeout(lookAgain, PAUSE_MS)
}

async function renew() {
  const text = await (await fetch(location.pathname)).text()
  const next = new DOMParser().parseFromString(text, 'text/html')
  document.title = next.title
  document.querySelector('main').replaceChildren(...next.querySelector('main').childNodes)
  document.getElementById('news').textContent = document.querySelector('h1').textContent
}

if (document.querySelector('[data-refreshes]')) setTimeout(lookAgain, PAUSE_MS)
