'use client'

import { useState } from 'react'
import { noCode } from './code-state'
import { phoneCode } from './phone-code'
import type { CodeParts, PhoneCode } from './phone-code'

/** A code for a form that is there from the beginning. */
export function usePhoneCode(parts: CodeParts): PhoneCode {
  const [state, setState] = useState(noCode)
  return phoneCode(state, setState, parts)
}
