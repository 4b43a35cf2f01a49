export type PasswordFault = 'password-too-short' | 'password-too-long' | 'password-too-common'

/** Without a second factor fifteen characters is the least (NIST SP 800-63B-4, 3.1.1.2). */
const SHORTEST_PASSWORD = 15
export const LONGEST_PASSWORD = 128

// What people reach for when asked for something long. Compared without case, spaces and punctuation.
const COMMON = [
  'passwordpassword',
  'passwordpassword1',
  'password12345678',
  'password123456789',
  'mypasswordispassword',
  'thisisapassword',
  'thisismypassword',
  'letmeinletmeinletmein',
  'qwertyuiopasdfgh',
  'qwertyuiopasdfghjkl',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv',
  'iloveyouiloveyou',
  'correcthorsebatterystaple',
  'administrator123',
  'administratoradministrator',
  'changemechangeme',
  'welcomewelcome1',
  'trustno1trustno1',
]

const KEY_ROWS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '가나다라마바사아자차카타파하',
]

/**
 * What is wrong with a password that somebody wants to use; undefined when it may be used. Any character counts, nothing
 * is cut or changed, and no mixture of kinds is asked for (NIST SP 800-63B-4).
 *
 * @param own words the password must not merely repeat: the person's address and name
 */
export function passwordFault(password: string, own: readonly string[] = []): PasswordFault | undefined {
  const length = [...password].length
  if (length < SHORTEST_PASSWORD) return 'password-too-short'
  if (length > LONGEST_PASSWORD) return 'password-too-long'
  return isCommon(password, own) ? 'password-too-common' : undefined
}

function isCommon(password: string, own: readonly string[]): boolean {
  const plain = simplify(password)
  if (COMMON.includes(plain)) return true
  if (isRepeated(plain) || isRun(plain)) return true
  const left = own
    .flatMap((words) => [simplify(words), ...words.split(/[@\s.]+/).map(simplify)])
    .filter((word) => word.length >= 3)
    .sort((a, b) => b.length - a.length)
    .reduce((rest, word) => rest.replaceAll(word, ''), plain)
  return [...left].length < 4
}

function simplify(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, '')
}

/** One short piece over and over: "abcabcabcabcabc". */
function isRepeated(plain: string): boolean {
  const characters = [...plain]
  for (let size = 1; size <= Math.min(5, characters.length / 2); size++) {
    if (characters.every((character, index) => character === characters[index % size])) return true
  }
  return characters.length === 0
}

/** A walk along the alphabet, the digits or the keyboard, either way. */
function isRun(plain: string): boolean {
  return KEY_ROWS.some((row) => row.includes(plain) || [...row].reverse().join('').includes(plain))
}
