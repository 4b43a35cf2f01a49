import { afterAll, describe, expect, test } from 'vitest'
import { expectNowhere } from '../../../test/nowhere'
import { startShopServer } from '../../merchants/merchants.fixtures'
import { fresh } from '../http.fixtures'
import { describedBy, foreignClient, standardDocument, startParlay } from './parlayx.fixtures'

const listener = await startShopServer(() => ({ status: 200 }))
afterAll(() => listener.close())
const world = await startParlay({ env: { OUTGOING_ALLOW: listener.address } })
const { gateway, outside } = world
const owner = await world.anApplication()
const wsdl = `${world.url}/parlayx/SendSms?wsdl`
const ours = await foreignClient(wsdl, owner)

const standard = standardDocument('parlayx_sms_send_service_2_2.wsdl')
let numbers = 0
const aNumber = () => `+8210550${String(++numbers).padStart(5, '0')}`

/** What an application was told about a correlator, once all that is due has been sent. */
async function told(correlator: string): Promise<string[]> {
  await gateway.messages.sendDue(100)
  await gateway.messages.idle()
  return listener.requests.map(({ body }) => body).filter((body) => body.includes(correlator))
}

const reference = (correlator: string) => ({ endpoint: listener.url, interfaceName: 'SmsNotification', correlator })
const statusIn = (body: string | undefined) => /<deliveryStatus>(\w+)<\/deliveryStatus>/.exec(body ?? '')?.[1]

describe('a text to telephones', () => {
  test('is sent by a program that knows only our WSDL, and its status can be asked (M-85, M-87)', async () => {
    const number = aNumber()
    const message = '주문이 도착했어요 <&>'
    const sent = await ours.call('sendSms', { addresses: [`tel:${number}`], senderName: '모아', message })
    expect(sent).toEqual({ result: expect.stringMatching(/^sms_[0-9a-z]{26}$/) as string })
    const [received] = await outside.sms({ to: number, waitMs: 10_000 })
    expect(received?.text).toBe(`[모아] ${message}`)
    await expect
      .poll(() => ours.call('getSmsDeliveryStatus', { requestIdentifier: (sent as { result: string }).result }))
      .toEqual({ result: [{ address: `tel:${number}`, deliveryStatus: 'DeliveredToTerminal' }] })
  })

  test('is told of where its request asked for a receipt, once (M-86)', async () => {
    const number = aNumber()
    const correlator = fresh('receipt')
    const input = { addresses: [`tel:${number}`], message: '받으셨나요', receiptRequest: reference(correlator) }
    expect(await ours.call('sendSms', input)).toHaveProperty('result')
    await expect.poll(async () => (await told(correlator)).map(statusIn)).toEqual(['DeliveredToTerminal'])
    const [body] = await told(correlator)
    expect(body).toContain(`<address>tel:${number}</address>`)
    expect(await ours.call('sendSms', input)).toEqual({ fault: `SVC0005 ${correlator} receiptRequest` })
  })

  test('is told of where the application waits for all receipts, until it stops that', async () => {
    const manager = await foreignClient(`${world.url}/parlayx/SmsNotificationManager?wsdl`, owner)
    const correlator = fresh('all')
    const start = { reference: reference(correlator) }
    expect(await manager.call('startDeliveryReceiptNotification', start)).toEqual({ result: undefined })
    expect(await manager.call('startDeliveryReceiptNotification', start)).toEqual({
      fault: `SVC0005 ${correlator} reference`,
    })
    await ours.call('sendSms', { addresses: [aNumber()], message: '하나' })
    await expect.poll(async () => (await told(correlator)).length).toBe(1)
    expect(await manager.call('stopDeliveryReceiptNotification', { correlator })).toEqual({ result: undefined })
    expect(await manager.call('stopDeliveryReceiptNotification', { correlator })).toEqual({
      fault: 'SVC0002 correlator',
    })
    const sent = (await ours.call('sendSms', { addresses: [aNumber()], message: '둘' })) as { result: string }
    await expect
      .poll(() => ours.call('getSmsDeliveryStatus', { requestIdentifier: sent.result }))
      .toMatchObject({ result: [{ deliveryStatus: 'DeliveredToTerminal' }] })
    expect(await told(correlator)).toHaveLength(1)
  })

  test('leaves no trace of its words and numbers in clear', async () => {
    const number = aNumber()
    const sent = (await ours.call('sendSms', { addresses: [number], message: '비밀 이야기' })) as { result: string }
    await expect
      .poll(() => ours.call('getSmsDeliveryStatus', { requestIdentifier: sent.result }))
      .toMatchObject({ result: [{ deliveryStatus: 'DeliveredToTerminal' }] })
    const { rows } = await gateway.database.pool.query<{ kept: string }>(
      `select payload::text as kept from message where topic = 'application-text'
        union all select row_to_json(a)::text from open_sms_address a`,
    )
    expectNowhere(rows, '비밀 이야기', number.slice(3))
  })

  test.each([
    ['to no telephone', { addresses: ['mailto:a@b.example'], message: 'a' }, 'SVC0004 addresses'],
    ['to too many', { addresses: Array.from({ length: 101 }, aNumber), message: 'a' }, 'POL0003 addresses'],
    ['without words', { addresses: ['tel:+821055000000'], message: ' ' }, 'SVC0002 message'],
    ['that is too long', { addresses: ['tel:+821055000000'], message: '가'.repeat(671) }, 'SVC0280 670'],
    [
      'that shall be charged',
      { addresses: ['tel:+821055000000'], charging: { description: 'a', amount: 1 }, message: 'a' },
      'POL0008',
    ],
    [
      'P5.6: whose receipt shall go inside',
      {
        addresses: ['tel:+821055000000'],
        message: 'a',
        receiptRequest: { endpoint: 'https://10.0.0.1/', interfaceName: 'a', correlator: 'a' },
      },
      'SVC0002 endpoint',
    ],
  ])('%s is refused', async (_title, input, fault) => {
    expect(await ours.call('sendSms', input)).toEqual({ fault })
  })

  test('N10: goes to nobody more than twenty times an hour', async () => {
    const input = { addresses: [`tel:${aNumber()}`], message: '또 저예요' }
    const sent = await Promise.all(Array.from({ length: 25 }, () => ours.call('sendSms', input)))
    expect(sent.filter((each) => 'result' in each)).toHaveLength(20)
    expect(sent.filter((each) => 'fault' in each && each.fault === 'POL0001 too-many-messages')).toHaveLength(5)
  })

  test('P6.2: another application’s is as one that never was', async () => {
    const stranger = await foreignClient(wsdl, await world.anApplication({ merchant: owner.merchant }))
    const sent = (await ours.call('sendSms', { addresses: [aNumber()], message: '내 것' })) as { result: string }
    expect(await stranger.call('getSmsDeliveryStatus', { requestIdentifier: sent.result })).toEqual({
      fault: 'SVC0002 requestIdentifier',
    })
  })

  test('pictures and tones are not taken', async () => {
    const to = { addresses: ['tel:+821055000000'], smsFormat: 'Ems' }
    expect(await ours.call('sendSmsLogo', { ...to, image: 'AAAA' })).toEqual({ fault: 'SVC0281 Ems' })
    expect(await ours.call('sendSmsRingtone', { ...to, ringtone: 'x' })).toEqual({ fault: 'SVC0281 Ems' })
  })
})

describe.skipIf(standard.isAbsent)(`a program that knows only the standard’s own document (${standard.why})`, () => {
  test('sees what ours says, and is understood', async () => {
    const endpoint = `${world.url}/parlayx/SendSms`
    const theirs = await foreignClient(standard.file, owner, { endpoint })
    expect(describedBy(ours)).toEqual(describedBy(theirs))
    const number = aNumber()
    const sent = await theirs.call('sendSms', { addresses: [`tel:${number}`], message: '표준대로' })
    expect((await outside.sms({ to: number, waitMs: 10_000 }))[0]?.text).toBe('표준대로')
    const { result } = sent as { result: string }
    await expect
      .poll(() => theirs.call('getSmsDeliveryStatus', { requestIdentifier: result }))
      .toMatchObject({ result: [{ deliveryStatus: 'DeliveredToTerminal' }] })
    const to = { addresses: [`tel:${number}`], smsFormat: 'Ems' }
    expect(await theirs.call('sendSmsLogo', { ...to, image: 'AAAA' })).toEqual({ fault: 'SVC0281 Ems' })
    expect(await theirs.call('sendSmsRingtone', { ...to, ringtone: 'x' })).toEqual({ fault: 'SVC0281 Ems' })
  })
})
