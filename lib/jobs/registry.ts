import { expireVCards } from './expire-vcards'
import { finishOpenPayments } from './finish-open-payments'
import { finishOpenRefunds } from './finish-open-refunds'
import type { Job } from './job'
import { sendMessages } from './send-messages'
import { tidy } from './tidy'

/** The one list of jobs. */
export const jobs: readonly Job[] = [finishOpenPayments, finishOpenRefunds, sendMessages, expireVCards, tidy]
