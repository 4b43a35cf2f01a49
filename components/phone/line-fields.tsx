'use client'

import { useState } from 'react'
import { classNames } from '../ui/class-names'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import type { PhoneWords } from './phone-view'
import { lineFaults, writeBirthDate } from './typed-line'
import type { LineField, TypedLine } from './typed-line'

interface Props {
  readonly line: TypedLine
  readonly onLine: (line: TypedLine) => void
  readonly words: PhoneWords
  /** True after an attempt to send: then everything that is wrong is pointed out. */
  readonly showsAll: boolean
  /** True where neither the subscriber nor a PIN is asked for. */
  readonly onlyNumber?: boolean
}

const KINDS = ['line', 'calling-card'] as const

/** A telephone number with its subscriber, or a calling card with its PIN. */
export function LineFields({ line, onLine, words, showsAll, onlyNumber = false }: Props) {
  const [left, setLeft] = useState<Partial<Record<LineField, true>>>({})
  const faults = lineFaults(line)
  const shown = (name: LineField) => {
    const fault = faults[name]
    return fault && (showsAll || (left[name] && line[name] !== '')) ? words.fault[fault] : undefined
  }
  const change = (name: LineField, text: string) => onLine({ ...line, [name]: text })
  const leave = (name: LineField) => () => setLeft({ ...left, [name]: true })
  return (
    <div className="flex flex-col gap-4">
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium text-ink">{words.kind.label}</legend>
        <div className="grid grid-cols-2 gap-2">
          {KINDS.map((kind) => (
            <label
              key={kind}
              className={classNames(
                'flex min-h-11 cursor-pointer items-center justify-center rounded-md bg-raised px-3 text-sm font-medium text-ink ring-1 ring-inset ring-line',
                'hover:bg-hover has-checked:bg-accent-soft has-checked:text-accent-strong has-checked:ring-2 has-checked:ring-accent',
                'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
              )}
            >
              <input
                type="radio"
                name="line-kind"
                className="sr-only"
                checked={line.kind === kind}
                onChange={() => onLine({ ...line, kind, number: '', pin: '' })}
              />
              {words.kind[kind]}
            </label>
          ))}
        </div>
      </fieldset>
      {line.kind === 'line' ? (
        <>
          <Field id="line-number" label={words.number} error={shown('number')}>
            <Input
              {...fieldControl('line-number', { error: shown('number') })}
              type="tel"
              inputMode="tel"
              autoComplete="tel"
              className="figures"
              placeholder="010-0000-0000"
              maxLength={24}
              value={line.number}
              onChange={({ target }) => change('number', target.value)}
              onBlur={leave('number')}
            />
          </Field>
          {onlyNumber ? null : (
            <div className="grid gap-4 sm:grid-cols-2">
              <Field id="line-holder" label={words.holder} error={shown('name')}>
                <Input
                  {...fieldControl('line-holder', { error: shown('name') })}
                  autoComplete="name"
                  maxLength={60}
                  value={line.name}
                  onChange={({ target }) => change('name', target.value)}
                  onBlur={leave('name')}
                />
              </Field>
              <Field id="line-birth" label={words.birthDate} error={shown('birthDate')}>
                <Input
                  {...fieldControl('line-birth', { error: shown('birthDate') })}
                  inputMode="numeric"
                  autoComplete="bday"
                  className="figures"
                  placeholder={words.birthDateHint}
                  maxLength={10}
                  value={line.birthDate}
                  onChange={({ target }) => change('birthDate', writeBirthDate(target.value))}
                  onBlur={leave('birthDate')}
                />
              </Field>
            </div>
          )}
        </>
      ) : (
        <div className={onlyNumber ? undefined : 'grid gap-4 sm:grid-cols-[2fr_1fr]'}>
          <Field id="line-number" label={words.cardNumber} error={shown('number')}>
            <Input
              {...fieldControl('line-number', { error: shown('number') })}
              inputMode="numeric"
              autoComplete="off"
              className="figures"
              maxLength={24}
              value={line.number}
              onChange={({ target }) => change('number', target.value)}
              onBlur={leave('number')}
            />
          </Field>
          {onlyNumber ? null : (
            <PinField
              pin={line.pin}
              error={shown('pin')}
              words={words}
              onPin={(pin) => change('pin', pin)}
              onLeave={leave('pin')}
            />
          )}
        </div>
      )}
    </div>
  )
}

interface PinProps extends Pick<Props, 'words'> {
  readonly pin: string
  readonly error: string | undefined
  readonly onPin: (pin: string) => void
  readonly onLeave?: () => void
}

/** The PIN of a calling card. */
export function PinField({ pin, error, words, onPin, onLeave }: PinProps) {
  return (
    <Field id="line-pin" label={words.pin} error={error}>
      <Input
        {...fieldControl('line-pin', { error })}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        className="figures"
        maxLength={8}
        value={pin}
        onChange={({ target }) => onPin(target.value.replace(/[^0-9]/g, ''))}
        onBlur={onLeave}
      />
    </Field>
  )
}
