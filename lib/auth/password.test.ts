import { expect, test } from 'vitest'
import { passwordFault } from './password'

const own = ['gildong.hong@mail.example', '홍길동']

test.each([
  ['fourteen chars', 'abcd efgh ijkl', 'password-too-short'],
  ['nothing', '', 'password-too-short'],
  ['129 characters', 'x1y2'.repeat(32) + 'z', 'password-too-long'],
  ['a word of the list, spaced and capitalized', 'Correct Horse Battery Staple', 'password-too-common'],
  ['one piece over and over', 'abcabcabcabcabcabc', 'password-too-common'],
  ['one character', '                    ', 'password-too-common'],
  ['a row of the keyboard', 'qwertyuiopasdfgh', 'password-too-common'],
  ['the digits backwards', '987654321098765', 'password-too-common'],
  ['their own address', 'gildong.hong@mail.example', 'password-too-common'],
  ['their own name and a year', 'gildonghongmail26', 'password-too-common'],
])('P6.4: a password of %s is refused', (_, password, fault) => {
  expect(passwordFault(password, own)).toBe(fault)
})

test.each([
  ['fifteen plain letters', 'glassharborfern'],
  ['a sentence with spaces', 'my aunt rides seven green bicycles'],
  ['Korean', '우리집 앞마당에 감나무 세 그루가 있다'],
  ['emoji', '🦊🌵🚲🎻🍋🦉🌊🎈🪁🧭🪴🥁🛶🧩🫖'],
  ['128 characters', 'The quick fox '.padEnd(127, 'jumps over 3 dogs ') + '!'],
])('P6.4: %s may be a password, unchanged', (_, password) => {
  expect(passwordFault(password, own)).toBeUndefined()
})
