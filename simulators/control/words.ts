/** The words of the page in both languages. */

export type Language = 'ko' | 'en'

const words = {
  title: ['바깥세상', 'Outside world'],
  subtitle: [
    '카드사, 통신사, 과금센터, 은행, 문자 센터, 메일 서버를 흉내 내는 시뮬레이터입니다. 여기 있는 장부는 결제 게이트웨이와 무관하게 스스로 기록됩니다.',
    'Simulated card issuers, telephone companies, billing centres, banks, texts and mail. The books here are kept by them, not by the gateway.',
  ],
  times: ['시각은 한국 표준시(Asia/Seoul)', 'Times are in Asia/Seoul'],
  sections: ['구역', 'Sections'],
  live: ['실시간', 'Live'],
  offline: ['연결 끊김', 'Disconnected'],
  reset: ['모두 처음 상태로', 'Reset everything'],
  resetQuestion: [
    '모든 장부, 메일, 스위치를 처음 상태로 되돌릴까요?',
    'Put all books, mails and switches back to the first day?',
  ],
  port: ['포트', 'Port'],
  links: ['연결', 'Links'],
  signedOn: ['로그온', 'signed on'],
  noLinks: ['연결 없음', 'no connection'],
  holds: ['승인 보류', 'Holds'],
  heldNow: ['보류 중', 'Held now'],
  charges: ['매입', 'Charges'],
  refunds: ['환불', 'Refunds'],
  reversals: ['취소', 'Reversals'],
  cards: ['카드', 'Cards'],
  allCards: ['모든 카드 보기 (번호·유효기간·보안코드)', 'All cards, with number, expiry and security code'],
  owed: ['사용액', 'owed'],
  held: ['보류', 'held'],
  free: ['남은 한도', 'free'],
  limit: ['한도', 'limit'],
  expiry: ['유효기간', 'Expiry'],
  securityCode: ['보안코드', 'Security code'],
  copy: ['번호 복사', 'Copy number'],
  copied: ['복사됨', 'Copied'],
  movements: ['장부', 'Book'],
  newest: ['최근 12건', 'The newest 12'],
  noMovements: [
    '아직 아무 거래도 없습니다. 데모 상점에서 결제하면 여기 나타납니다.',
    'Nothing has happened yet. Pay at the example shop and it shows here.',
  ],
  time: ['시각', 'Time'],
  what: ['내용', 'What'],
  card: ['카드', 'Card'],
  amount: ['금액', 'Amount'],
  merchant: ['가맹점', 'Merchant'],
  vcard: ['V-Card', 'V-Card'],
  reference: ['참조번호', 'Reference'],
  hold_held: ['승인 보류', 'Hold'],
  hold_completed: ['승인 → 매입됨', 'Hold, charged'],
  hold_reversed: ['승인 → 취소됨', 'Hold, reversed'],
  hold_lapsed: ['승인 → 만료됨', 'Hold, lapsed'],
  charge: ['매입', 'Charge'],
  refund: ['환불', 'Refund'],
  reversal: ['취소', 'Reversal'],
  reversalUnseen: ['취소 (원거래 없음)', 'Reversal, nothing found'],
  switches: ['스위치', 'Switches'],
  misbehave: ['이 카드사를 고장 내기', 'Make this issuer misbehave'],
  onMessages: ['대상 전문', 'Messages'],
  deed: ['동작', 'What it does'],
  code: ['응답 코드', 'Response code'],
  milliseconds: ['밀리초', 'Milliseconds'],
  onCard: ['카드', 'Card'],
  anyCard: ['모든 카드', 'Any card'],
  times_: ['횟수', 'How often'],
  untilCleared: ['해제할 때까지', 'until cleared'],
  setSwitch: ['스위치 켜기', 'Set the switch'],
  clear: ['해제', 'Clear'],
  cutLinks: ['연결 모두 끊기', 'Cut all connections'],
  lapseHolds: ['보류 모두 만료', 'Let all holds lapse'],
  noSwitches: ['켜진 스위치가 없습니다.', 'No switch is set.'],
  complaints: ['형식에 어긋난 전문', 'Messages that broke the profile'],
  lines: ['전화 회선 (번호·가입자·상태)', 'Lines, with subscriber and standing'],
  callingCards: ['전화카드 (번호·PIN·상태)', 'Calling cards, with PIN and standing'],
  line: ['회선', 'Line'],
  anyLine: ['모든 회선', 'Any line'],
  standing: ['상태', 'Standing'],
  change: ['바꾸기', 'Change'],
  notify: ['인증번호 수신', 'codes to'],
  monthlyCap: ['월 한도', 'monthly cap'],
  overdue: ['연체', 'overdue'],
  pinLocked: ['PIN 잠김', 'PIN locked'],
  requests: ['조회 기록', 'Requests'],
  noRequests: [
    '아직 아무 조회도 없습니다. 전화요금으로 결제하면 여기 나타납니다.',
    'Nobody has asked yet. Pay by phone bill and it shows here.',
  ],
  answer: ['응답', 'Answer'],
  misbehaveSystem: ['이 시스템을 고장 내기', 'Make this system misbehave'],
  accounts: ['계좌 (번호·예금주·비밀번호·잔액)', 'Accounts, with holder, password and balance'],
  account: ['계좌', 'Account'],
  password: ['비밀번호', 'password'],
  accountLocked: ['비밀번호 잠김', 'locked'],
  gatewayAccount: ['결제대행 계좌', "The gateway's account"],
  transfers: ['이체 내역', 'Transfers'],
  noTransfers: [
    '아직 아무 이체도 없습니다. 계좌이체로 결제하면 여기 나타납니다.',
    'Nothing has been transferred yet. Pay by bank transfer and it shows here.',
  ],
  misbehaveBank: ['이 은행을 고장 내기', 'Make this bank misbehave'],
  noFiles: ['아직 받은 과금 파일이 없습니다.', 'No charging file has come yet.'],
  payouts: ['가맹점 정산 송금', 'Payouts to merchants'],
  noPayouts: ['아직 송금 지시가 없습니다.', 'Nothing was ordered yet.'],
  holder: ['예금주', 'Holder'],
  sendBack: ['되돌려 보내기', 'Send back'],
  payoutRefuse: ['다음 송금을 거절', 'Refuse the next transfer'],
  payoutTake: ['접수만 하고 끝을 알리지 않음', 'Take it, and say no more'],
  payoutSilent: ['다음 파일에 답하지 않음', 'Do not answer the next file'],
  bankFiles: ['파일 창구', 'file desk'],
  filesOut: ['은행이 내놓은 파일', 'Files put out by the bank'],
  filesIn: ['은행이 받은 파일', 'Files received by the bank'],
  noBankFiles: ['아직 파일이 없습니다.', 'There is no file yet.'],
  payIn: ['입금하기', 'Pay in'],
  stateAccount: ['거래 명세 보내기', 'Send a statement'],
  payer: ['보내는 사람', 'Payer'],
  giroReference: ['납부 번호 (RF)', 'Reference (RF)'],
  giroMessage: ['통장 메모', 'Message'],
  bills: ['청구 내역', 'On the bills'],
  noBills: ['아직 청구할 거래가 없습니다.', 'Nothing is on a bill yet.'],
  billResult: ['수납 결과', 'Result'],
  collectMonth: ['한 달치 수납하기', 'Collect the month'],
  answerNow: ['보류한 응답 보내기', 'Put out the answers kept back'],
  notAnswered: ['응답 보류', 'not answered'],
  refusedDetails: ['거절된 명세', 'Refused details'],
  wholeFile: ['전체 파일', 'The whole file'],
  centreSwitch: ['이 과금센터를 고장 내기', 'Make this billing centre misbehave'],
  phone: ['전화기', 'Telephone'],
  sms: ['문자', 'SMS'],
  call: ['전화', 'Call'],
  parts: ['조각', 'parts'],
  noSms: ['받은 문자나 전화가 없습니다.', 'No message or call has come yet.'],
  smsSwitch: ['문자 센터를 고장 내기', 'Make the SMS centre misbehave'],
  mail: ['메일함', 'Mail inbox'],
  noMail: ['받은 메일이 없습니다.', 'No mail has come yet.'],
  mailSwitch: ['메일 서버를 고장 내기', 'Make the mail server misbehave'],
  from: ['보낸 사람', 'From'],
  to: ['받는 사람', 'To'],
  plainText: ['글만 보기', 'Plain text'],
  noSubject: ['(제목 없음)', '(no subject)'],
  emptyInbox: ['메일함 비우기', 'Empty the inbox'],
  failed: ['되지 않았습니다: ', 'It did not work: '],
} as const satisfies Readonly<Record<string, readonly [ko: string, en: string]>>

const targets: Readonly<Record<string, readonly [string, string]>> = {
  any: ['모든 전문', 'Any message'],
  authorization: ['승인 (0100)', 'Authorization (0100)'],
  inquiry: ['한도 조회 (0100)', 'Balance inquiry (0100)'],
  completion: ['매입 (0220)', 'Completion (0220)'],
  reversal: ['취소 (0400)', 'Reversal (0400)'],
  refund: ['환불 (0200)', 'Refund (0200)'],
  reconciliation: ['대사 (0500)', 'Reconciliation (0500)'],
  network: ['망 관리 (0800)', 'Network (0800)'],
  terms: ['약관 제공 (HTTP)', 'Terms feed (HTTP)'],
  authenticate: ['인증 (authenticate)', 'Authenticate'],
  status: ['상태 조회', 'Status'],
  ping: ['연결 확인 (ping)', 'Ping'],
  verify: ['계좌 확인', 'Account check'],
  transfer: ['이체', 'Transfer'],
  reverse: ['이체 취소', 'Reverse transfer'],
  keys: ['공개 키 (JWKS)', 'Published keys'],
}

const deeds: Readonly<Record<string, readonly [string, string]>> = {
  decline: ['거절', 'Decline'],
  stall: ['무응답 (처리 안 함)', 'Stall: no work, no answer'],
  'lose-answer': ['처리하고 응답 유실', 'Do the work, lose the answer'],
  'drop-before': ['처리 전에 연결 끊기', 'Cut the line before the work'],
  'drop-after': ['처리 후에 연결 끊기', 'Cut the line after the work'],
  late: ['처리하고 늦게 응답', 'Answer late'],
  delay: ['늦게 처리', 'Start late'],
  twice: ['두 번 응답', 'Answer twice'],
  'out-of-order': ['순서를 바꿔 응답', 'Answer out of order'],
  garbage: ['깨진 응답', 'Garbage'],
  'wrong-amount': ['틀린 금액으로 응답', 'Wrong amount in the answer'],
  'wrong-stan': ['틀린 추적번호로 응답', 'Wrong trace number in the answer'],
  'unknown-code': ['알 수 없는 응답 코드', 'Unknown response code'],
  alter: ['응답 필드 변경', 'Changed element in the answer'],
  oversize: ['너무 긴 응답', 'A frame that is too long'],
  'wrong-id': ['틀린 요청 번호로 응답', 'Wrong id in the answer'],
  refuse: ['거부', 'Refuse'],
  unsigned: ['서명 없이 응답', 'Answer without a signature'],
  'wrong-signature': ['다른 키로 서명', 'Signed with another key'],
  'wrong-request': ['다른 요청에 대한 서명', 'Signed for another request'],
  'unknown-state': ['알 수 없는 상태', 'Unknown state'],
  error: ['서버 오류 (500)', 'Error 500'],
  down: ['접속 불가', 'No connection'],
  cut: ['전송 중 끊기', 'Cut the line during the upload'],
  reject: ['파일 전체 반려', 'Reject the whole file'],
  silence: ['응답하지 않기', 'Do not acknowledge'],
  busy: ['혼잡', 'Throttled'],
  undeliverable: ['단말에 전달 실패', 'Taken, but not delivered'],
  'slow-receipt': ['전달 보고 지연', 'Receipt comes late'],
  'no-receipt': ['전달 보고 없음', 'No receipt'],
  'try-later': ['나중에 다시 (451)', 'Try later (451)'],
}

const standings: Readonly<Record<string, readonly [string, string]>> = {
  normal: ['정상', 'in good standing'],
  lost: ['분실 41', 'lost 41'],
  stolen: ['도난 43', 'stolen 43'],
  declines: ['항상 거절 05', 'always declines 05'],
  'not-permitted': ['사용 불가 57', 'not permitted 57'],
  restricted: ['사용 정지 62', 'restricted 62'],
  unavailable: ['카드사 장애 91', 'issuer away 91'],
  malfunction: ['시스템 오류 96', 'malfunction 96'],
  active: ['정상', 'active'],
  arrears: ['연체', 'in arrears'],
  suspended: ['정지', 'suspended'],
  terminated: ['해지', 'terminated'],
  'not-billable': ['합산 청구 불가', 'not billable'],
  'bill-P': ['수납', 'paid'],
  'bill-U': ['미납', 'unpaid'],
  'bill-W': ['대손', 'written off'],
  expired: ['만료 54', 'expired 54'],
  locked: ['잠김 75', 'locked 75'],
}

const CODES = '05 14 25 41 43 51 54 57 61 62 65 75 91 94 96'.split(' ')

/** What the codes mean that issuers, telephone companies and banks answer with. */
const meanings: Readonly<Record<string, readonly [string, string]>> = {
  '05': ['거절', 'declined'],
  '14': ['없는 카드번호', 'no such card'],
  '25': ['원거래 없음', 'original not found'],
  '41': ['분실', 'lost'],
  '43': ['도난', 'stolen'],
  '51': ['한도 부족', 'not enough room'],
  '54': ['만료', 'expired'],
  '57': ['허용되지 않는 거래', 'not permitted'],
  '61': ['금액 한도 초과', 'over the limit'],
  '62': ['사용 정지', 'restricted'],
  '65': ['횟수 초과', 'used too often'],
  '75': ['비밀번호 오류 초과', 'locked after wrong codes'],
  '91': ['카드사 장애', 'issuer away'],
  '94': ['중복 전문', 'duplicate'],
  '96': ['시스템 오류', 'malfunction'],
  UNKNOWN_NUMBER: ['없는 번호', 'no such number'],
  NOT_BILLABLE: ['합산 청구 불가', 'not billable'],
  SUBSCRIBER_MISMATCH: ['가입자 불일치', 'another subscriber'],
  PIN_WRONG: ['PIN 틀림', 'wrong PIN'],
  PIN_LOCKED: ['PIN 잠김', 'PIN locked'],
  ARREARS: ['연체', 'in arrears'],
  SUSPENDED: ['정지', 'suspended'],
  TERMINATED: ['해지', 'terminated'],
  CAP_EXCEEDED: ['월 한도 초과', 'over the monthly cap'],
  FORMAT: ['형식 오류', 'not in the format'],
  TRY_LATER: ['나중에 다시', 'try later'],
  NO_ACCOUNT: ['없는 계좌', 'no such account'],
  WRONG_PASSWORD: ['비밀번호 틀림', 'wrong password'],
  LOCKED: ['잠김', 'locked'],
  INSUFFICIENT: ['잔액 부족', 'not enough money'],
  LIMIT: ['이체 한도 초과', 'over the transfer limit'],
  EXCEEDS: ['이체한 금액보다 많음', 'more than was transferred'],
  AC04: ['해지된 계좌', 'account closed'],
  AC06: ['정지된 계좌', 'account blocked'],
}

/** ISO 20022 states of a transfer. */
const statuses: Readonly<Record<string, readonly [string, string]>> = {
  ACSC: ['송금됨', 'paid'],
  ACSP: ['접수됨', 'taken'],
  RJCT: ['거절됨', 'refused'],
}

const pick = (pair: readonly [string, string], language: Language): string => pair[language === 'ko' ? 0 : 1]
const from = (table: Readonly<Record<string, readonly [string, string]>>, language: Language) => (key: string) =>
  table[key] ? pick(table[key], language) : key

export interface Words {
  readonly language: Language
  readonly say: (key: keyof typeof words) => string
  readonly target: (key: string) => string
  readonly deed: (key: string) => string
  readonly standing: (key: string) => string
  readonly codes: readonly string[]
  /** A code with what it means before it. */
  readonly code: (code: string) => string
  /** What a bank says of a transfer: ACSC, RJCT, … */
  readonly status: (code: string) => string
  readonly name: (name: { readonly ko: string; readonly en: string }) => string
  /** Minor units in the currency's own form. */
  readonly money: (minor: string, currency: string) => string
  readonly time: (at: string) => string
}

export function wordsIn(language: Language): Words {
  const locale = language === 'ko' ? 'ko-KR' : 'en-US'
  const time = new Intl.DateTimeFormat(locale, {
    timeZone: 'Asia/Seoul',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  return {
    language,
    say: (key) => pick(words[key], language),
    target: from(targets, language),
    deed: from(deeds, language),
    standing: from(standings, language),
    codes: CODES,
    code: (code) => (meanings[code] ? `${pick(meanings[code], language)} ${code}` : code),
    status: from(statuses, language),
    name: (name) => name[language],
    money: (minor, currency) => {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
      // As many digits as the currency has: none for won and yen.
      return format.format(Number(minor) / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
    },
    time: (at) => time.format(new Date(at)),
  }
}
