import type { Locale } from '../payments/payment'
import type { Finding } from './giro-bill'

interface GiroTexts {
  readonly title: Readonly<Record<'statement' | 'demand' | 'received', string>>
  readonly lead: Readonly<Record<'statement' | 'overdue' | 'received' | 'paid', string>>
  readonly came: Readonly<Record<Extract<Finding, 'part' | 'over' | 'double' | 'late' | 'paid'>, string>>
  readonly demandNumber: (number: number) => string
  readonly labels: Readonly<
    Record<
      | 'shop'
      | 'order'
      | 'payer'
      | 'amount'
      | 'received'
      | 'owed'
      | 'came'
      | 'toReturn'
      | 'due'
      | 'bank'
      | 'account'
      | 'holder'
      | 'reference',
      string
    >
  >
  readonly hint: string
  readonly show: string
  readonly footer: string
  readonly file: string
}

/** What payers read on statements, demands and in the mails that bring them. */
export const giroTexts: Readonly<Record<Locale, GiroTexts>> = {
  ko: {
    title: { statement: '납부 안내서', demand: '납부 독촉장', received: '입금 안내' },
    lead: {
      statement: '아래 계좌로 기한까지 보내 주세요. 받는 통장 메모에 납부 번호를 꼭 적어 주세요.',
      overdue: '기한이 지났는데 아직 다 받지 못했어요. 이미 보내셨다면 이 안내는 잊으셔도 돼요.',
      received: '보내 주신 돈을 받았어요.',
      paid: '모두 받았어요. 더 내실 금액은 없어요.',
    },
    came: {
      part: '낼 금액보다 적게 들어왔어요. 남은 금액을 같은 납부 번호로 보내 주세요.',
      over: '낼 금액보다 많이 들어왔어요. 더 보내신 금액은 돌려 드려요.',
      double: '이미 다 낸 주문에 다시 들어왔어요. 이번 금액은 돌려 드려요.',
      late: '끝난 주문에 들어왔어요. 이 금액은 돌려 드려요.',
      paid: '모두 받았어요.',
    },
    demandNumber: (number) => `${number}차 독촉`,
    labels: {
      shop: '상점',
      order: '주문',
      payer: '내는 사람',
      amount: '청구 금액',
      received: '받은 금액',
      owed: '낼 금액',
      came: '이번에 받은 금액',
      toReturn: '돌려 드릴 금액',
      due: '납부 기한',
      bank: '은행',
      account: '계좌 번호',
      holder: '예금주',
      reference: '납부 번호',
    },
    hint: '납부 번호가 있어야 어느 주문의 돈인지 알 수 있어요. 띄어쓰기는 있어도 없어도 돼요.',
    show: '안내서 보기',
    footer: '이 메일은 나중에 내기로 하신 금액을 알려 드리기 위해 보냈어요. 문의는 상점으로 해 주세요.',
    file: '납부안내서',
  },
  en: {
    title: { statement: 'Statement', demand: 'Payment reminder', received: 'Money received' },
    lead: {
      statement: 'Please transfer the amount to the account below by the due date, and give the reference with it.',
      overdue:
        'The due date has passed and the amount has not come in full. If you have paid already, please ignore this letter.',
      received: 'Your transfer has come.',
      paid: 'Everything has come. There is nothing left to pay.',
    },
    came: {
      part: 'It was less than what was owed. Please transfer the rest with the same reference.',
      over: 'It was more than what was owed. What was too much is returned to you.',
      double: 'The order had been paid already. This transfer is returned to you.',
      late: 'The order had ended. This transfer is returned to you.',
      paid: 'Everything has come.',
    },
    demandNumber: (number) => `Reminder ${number}`,
    labels: {
      shop: 'Shop',
      order: 'Order',
      payer: 'Payer',
      amount: 'Billed',
      received: 'Received',
      owed: 'To pay',
      came: 'Received now',
      toReturn: 'To be returned',
      due: 'Due date',
      bank: 'Bank',
      account: 'Account',
      holder: 'Account holder',
      reference: 'Reference',
    },
    hint: 'The reference tells which order your money is for. It may be written with or without spaces.',
    show: 'Show the statement',
    footer: 'This mail is about an amount that you chose to pay later. For questions, please ask the shop.',
    file: 'statement',
  },
}
