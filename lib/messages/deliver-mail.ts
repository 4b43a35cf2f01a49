import { maskedEmail, normalizeEmail } from '../auth/email-address'
import { createInvitationTokens } from '../auth/invitation-token'
import { createPasswordResetTokens } from '../auth/password-reset-token'
import { createRegistrationTokens } from '../auth/registration-token'
import { publicId, type Uuid } from '../ids'
import { invariant } from '../invariant'
import type { DeliveryParts } from './deliver'
import { disputeMailTopics, giroMailTopics, paymentMailTopics } from './message'
import { giroMail, renderGiroMail } from './render-giro-mail'
import { disputeMail, renderDisputeMail } from './dispute-mail'
import {
  endpointMail,
  type Mail,
  paymentMail,
  renderEndpointMail,
  renderPaymentMail,
  renderStaffMail,
  staffMail,
  type Surroundings,
} from './render-mail'
import {
  addressKnownMail,
  addressProofMail,
  addressUnknownMail,
  passwordResetMail,
  renderAddressKnownMail,
  renderAddressProofMail,
  renderAddressUnknownMail,
  renderPasswordResetMail,
} from './render-address-mail'
import { invitationMail, renderInvitationMail, renderSecurityMail, securityMail } from './render-people-mail'
import { nextTryAt } from './retry-schedule'
import { type ClaimedMessage, recordTry } from './store'
import { renderSubscriptionMail, subscriptionMail, subscriptionMailTopics } from './subscription-mail'

interface Addressed {
  readonly to: string | undefined
  readonly mail: Mail
  /** Whoever reads mail there is told already. */
  readonly isTold?: boolean
}

/** Sends a mail of the outbox; what the server may still take is tried again, what it never will is given up. */
export function createMailDelivery(parts: DeliveryParts): (message: ClaimedMessage) => Promise<void> {
  const { database, clock, mailer, merchants, people, settings } = parts
  const invitationTokens = createInvitationTokens(settings.SESSION_SECRET)
  const registrationTokens = createRegistrationTokens(settings.SESSION_SECRET)
  const resetTokens = createPasswordResetTokens(settings.SESSION_SECRET)

  return async (message) => {
    const { to, mail, isTold } = await compose(message)
    if (to === undefined || isTold) {
      const state = isTold ? 'sent' : 'failed'
      return void (await recordTry(database.pool, message, { state, deliveries: [], now: clock.now() }))
    }
    const begun = performance.now()
    const id = publicId('msg', message.id)
    const mailed = await mailer.send({ ...mail, to, id, paymentId: message.paymentId ?? undefined })
    const now = clock.now()
    const delivery = {
      try: message.try,
      target: maskedEmail(to),
      ...(mailed.status === undefined ? {} : { status: mailed.status }),
      ...(mailed.kind === 'no-answer' ? { error: mailed.error } : {}),
      durationMs: Math.round(performance.now() - begun),
      at: now,
    }
    const again = mailed.kind === 'no-answer' ? nextTryAt(message.tries + 1, now) : undefined
    await recordTry(database.pool, message, {
      state: mailed.kind === 'sent' ? 'sent' : again ? 'due' : 'failed',
      ...(again ? { dueAt: again } : {}),
      deliveries: [delivery],
      now,
    })
  }

  async function compose({ merchantId, topic, payload }: ClaimedMessage): Promise<Addressed> {
    const around = await surroundings(merchantId)
    if (topic === 'endpoint-disabled') {
      const mail = endpointMail.parse(payload)
      return { to: normalizeEmail(mail.to), mail: renderEndpointMail(mail, around) }
    }
    if (topic === 'staff-notice') {
      const mail = staffMail.parse(payload)
      return { to: normalizeEmail(mail.to), mail: renderStaffMail(mail, around) }
    }
    if (topic === 'invitation') {
      const mail = invitationMail.parse(payload)
      const token = invitationTokens.issue({ merchantId, id: mail.invitationId })
      const link = `${settings.WEB_URL}/invitation/${token}`
      return { to: normalizeEmail(mail.to), mail: renderInvitationMail(mail, { ...around, link }) }
    }
    if (topic === 'address-proof') {
      const mail = addressProofMail.parse(payload)
      const link = `${settings.WEB_URL}/register/${registrationTokens.issue(mail.registrationId)}`
      return { to: normalizeEmail(mail.to), mail: renderAddressProofMail(mail, { ...around, link }) }
    }
    if (topic === 'address-known') {
      const mail = addressKnownMail.parse(payload)
      return { to: normalizeEmail(mail.to), mail: renderAddressKnownMail(mail, `${settings.WEB_URL}/login`) }
    }
    if (topic === 'address-unknown') {
      const mail = addressUnknownMail.parse(payload)
      return { to: normalizeEmail(mail.to), mail: renderAddressUnknownMail(mail, `${settings.WEB_URL}/register`) }
    }
    if (topic === 'password-reset') {
      const mail = passwordResetMail.parse(payload)
      const link = `${settings.WEB_URL}/login/password/${resetTokens.issue({ ...mail, id: mail.resetId })}`
      return { to: normalizeEmail(mail.to), mail: renderPasswordResetMail(mail, { ...around, link }) }
    }
    if (topic === 'security') {
      const mail = securityMail.parse(payload)
      return { to: normalizeEmail(mail.to), mail: renderSecurityMail(mail, around) }
    }
    const giroTopic = giroMailTopics.find((each) => each === topic)
    if (giroTopic) {
      const mail = giroMail.parse(payload)
      const holder = mail.to === undefined && mail.shopperId ? await people.get(mail.shopperId) : undefined
      const to = mail.to ?? holder?.email
      const rendered = await renderGiroMail(
        giroTopic,
        { ...mail, merchantId },
        { ...around, settings, print: parts.print },
      )
      return { to: to === undefined ? undefined : normalizeEmail(to), mail: rendered }
    }
    const agreed = subscriptionMailTopics.find((each) => each === topic)
    if (agreed) {
      const mail = subscriptionMail.parse(payload)
      const subscriber = mail.to === undefined && mail.shopperId ? await people.get(mail.shopperId) : undefined
      const to = mail.to ?? subscriber?.email
      return { to: to && normalizeEmail(to), mail: renderSubscriptionMail(agreed, mail, around) }
    }
    const disputed = disputeMailTopics.find((each) => each === topic)
    if (disputed) {
      const mail = disputeMail.parse(payload)
      const reader = await people.get(mail.personId)
      return {
        to: reader && normalizeEmail(reader.email),
        mail: renderDisputeMail(disputed, mail, reader?.locale ?? mail.locale, around),
      }
    }
    const known = paymentMailTopics.find((each) => each === topic)
    invariant(known, 'a mail of a known topic')
    const mail = paymentMail.parse(payload)
    const person = mail.to === undefined && mail.shopperId ? await people.get(mail.shopperId) : undefined
    const to = mail.to ?? person?.email
    // The shop chose the language of its checkout, not that of the V-Card's holder.
    const locale = known.startsWith('vcard-') && person ? person.locale : mail.locale
    const address = to === undefined ? undefined : normalizeEmail(to)
    return {
      to: address,
      isTold: mail.unlessTo !== undefined && normalizeEmail(mail.unlessTo) === address,
      mail: renderPaymentMail(known, { ...mail, locale }, around),
    }
  }

  async function surroundings(merchantId: Uuid): Promise<Surroundings> {
    const shop = await merchants.get(merchantId)
    return {
      shop: shop ?? { name: 'Moa', nameEn: 'Moa' },
      issuerName: (code, locale) =>
        [...settings.ISSUERS, ...settings.BANKS].find((each) => each.code === code)?.name[locale],
      timeZone: settings.TIME_ZONE,
    }
  }
}
