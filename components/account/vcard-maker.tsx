'use client'

import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Currency } from '@/lib/money/currency'
import type accountTexts from '@/locales/ko/account.json'
import { ProposedSplit } from '../split/proposed-split'
import { LeftOutCards } from '../split/split-panel'
import type { SplitWords } from '../split/split-panel'
import type { ChosenShare, EvaluatedSplit, SplitView } from '../split/split-view'
import { Button } from '../ui/button'
import { Checkbox } from '../ui/checkbox'
import { Notice } from '../ui/notice'
import { Panel } from '../ui/panel'
import { PurchaseFields, type ShopChoice, usePurchase } from './purchase-fields'

export interface Purchase {
  readonly merchantId: string
  readonly amount: bigint
  readonly currency: Currency
}

export type MakeFault = keyof (typeof accountTexts)['newVcard']['fault']

export type MakeAnswer =
  { readonly kind: 'made'; readonly vcardId: string } | { readonly kind: 'refused'; readonly fault: MakeFault }

export interface MakerActions {
  find(purchase: Purchase): Promise<SplitView>
  evaluate(purchase: Purchase, shares: readonly ChosenShare[]): Promise<EvaluatedSplit>
  create(purchase: Purchase, shares: readonly ChosenShare[], mayRetry: boolean): Promise<MakeAnswer>
}

interface Props {
  readonly merchants: readonly ShopChoice[]
  readonly locale: string
  readonly words: { readonly maker: (typeof accountTexts)['newVcard']; readonly split: SplitWords }
  readonly actions: MakerActions
}

/** Amount and shop (M-327), the best split (M-328), and the V-Card that is made of it. */
export function VcardMaker({ merchants, locale, words, actions }: Props) {
  const chosen = usePurchase(merchants)
  const [showsAll, setShowsAll] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [found, setFound] = useState<{ purchase: Purchase; view: SplitView }>()
  const [hasFailed, setFailed] = useState(false)
  const t = words.maker

  async function find() {
    setShowsAll(true)
    const { merchant, amount, currency } = chosen
    if (!merchant || !amount) return
    const purchase = { merchantId: merchant.id, amount, currency }
    setBusy(true)
    setFailed(false)
    setFound(undefined)
    const view = await actions.find(purchase).catch(() => undefined)
    setBusy(false)
    if (view) setFound({ purchase, view })
    else setFailed(true)
  }

  return (
    <div className="flex flex-col gap-6">
      <form
        className="grid max-w-2xl items-start gap-4 sm:grid-cols-2"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void find()
        }}
      >
        <PurchaseFields purchase={chosen} words={t} {...{ locale, showsAll }} />
        <Button
          type="submit"
          kind={found ? 'secondary' : 'primary'}
          size="large"
          busy={isBusy}
          className="sm:col-span-2"
        >
          <Search aria-hidden />
          {t.find}
        </Button>
      </form>
      <p role="status" className={isBusy ? 'text-sm text-ink-soft' : 'sr-only'}>
        {isBusy ? words.split.finding : ''}
      </p>
      {hasFailed ? (
        <Notice tone="warn" live>
          {words.split.failed}
        </Notice>
      ) : null}
      {found ? (
        <Found
          key={JSON.stringify([found.purchase.merchantId, String(found.purchase.amount)])}
          {...{ found, locale, words, actions }}
          onAgain={() => setFound(undefined)}
        />
      ) : null}
    </div>
  )
}

interface FoundProps extends Pick<Props, 'locale' | 'words' | 'actions'> {
  readonly found: { readonly purchase: Purchase; readonly view: SplitView }
  readonly onAgain: () => void
}

function Found({ found: { purchase, view }, locale, words, actions, onAgain }: FoundProps) {
  const router = useRouter()
  const [shares, setShares] = useState<readonly ChosenShare[]>()
  const [mayRetry, setMayRetry] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<MakeFault>()
  const [evaluate] = useState(() => actions.evaluate.bind(null, purchase))
  const t = words.maker

  if (view.kind === 'infeasible') {
    return (
      <>
        <Notice tone="warn" live title={words.split.infeasible}>
          {view.why}
        </Notice>
        <LeftOutCards cards={view.leftOut} label={words.split.leftOut} />
      </>
    )
  }

  async function create() {
    if (!shares) return
    setBusy(true)
    setFault(undefined)
    const answer = await actions
      .create(purchase, shares, mayRetry)
      .catch((): MakeAnswer => ({ kind: 'refused', fault: 'failed' }))
    if (answer.kind === 'made') return router.push(`/account/vcards/${answer.vcardId}`)
    setBusy(false)
    setFault(answer.fault)
  }

  return (
    <Panel className="flex flex-col gap-5">
      <ProposedSplit {...{ view, evaluate, locale }} words={words.split} onShares={setShares} />
      <hr className="border-line" />
      <Checkbox
        label={words.split.consent}
        description={words.split.consentText}
        checked={mayRetry}
        onChange={({ target }) => setMayRetry(target.checked)}
      />
      <p className="text-sm text-ink-faint">{t.createText}</p>
      {fault ? (
        <Notice tone="bad" live>
          {t.fault[fault]}
        </Notice>
      ) : null}
      <div className="flex flex-col-reverse gap-2 sm:flex-row">
        <Button size="large" onClick={onAgain}>
          {t.no}
        </Button>
        <Button
          kind="primary"
          size="large"
          busy={isBusy}
          disabled={!shares}
          className="sm:flex-1"
          onClick={() => void create()}
        >
          {t.create}
        </Button>
      </div>
    </Panel>
  )
}
