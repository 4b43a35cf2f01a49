import { Plus } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { currencyCodes } from '@/lib/money/currency'
import type { Tariff } from '@/lib/open-service/application'
import { removeTariff, setTariff } from '../actions'
import { CurrencyField } from './currency-field'

interface Props {
  /** The application's. */
  readonly id: string
  readonly tariffs: readonly Tariff[]
  readonly locale: 'ko' | 'en'
  readonly mayChange: boolean
}

const FIELDS = [
  { name: 'code', inputMode: 'text', isRequired: true },
  { name: 'price', inputMode: 'decimal', isRequired: true },
  { name: 'perVolume', inputMode: 'numeric', isRequired: false },
  { name: 'unit', inputMode: 'text', isRequired: false },
] as const

/** What the charging codes of an application cost, and its volumes. */
export async function TariffTable({ id, tariffs, locale, mayChange }: Props) {
  const t = await getTranslations('operator.applications.tariff')
  const [addWords, removeWords] = await Promise.all([deedWords(t('add')), deedWords(t('remove'))])
  return (
    <Panel>
      <PanelHeader
        title={t('title')}
        description={t('text')}
        actions={
          mayChange ? (
            <DeedDialog
              icon={<Plus aria-hidden />}
              trigger={t('add')}
              triggerLook={{ size: 'small' }}
              title={t('add')}
              description={t('addText')}
              words={addWords}
              deed={setTariff.bind(null, id)}
            >
              {FIELDS.map(({ name, inputMode, isRequired }) => (
                <Field key={name} id={`tariff-${name}`} label={t(name)} hint={t(`hint.${name}`)}>
                  <Input
                    {...fieldControl(`tariff-${name}`, { hint: t(`hint.${name}`) })}
                    {...{ name, inputMode }}
                    required={isRequired}
                    maxLength={40}
                    autoComplete="off"
                  />
                </Field>
              ))}
              <CurrencyField id="tariff-currency" value={currencyCodes[0]} />
            </DeedDialog>
          ) : null
        }
      />
      {tariffs.length === 0 ? (
        <p className="text-sm text-ink-faint">{t('none')}</p>
      ) : (
        <Table aria-label={t('title')}>
          <thead>
            <tr>
              <TableHead>{t('code')}</TableHead>
              <TableHead className="text-right">{t('price')}</TableHead>
              <TableHead>{t('of')}</TableHead>
              <TableHead>
                <span className="sr-only">{t('remove')}</span>
              </TableHead>
            </tr>
          </thead>
          <tbody>
            {tariffs.map(({ code, price, currency, perVolume, unit }) => (
              <TableRow key={code}>
                <TableCell className="font-mono text-xs">{code}</TableCell>
                <FigureCell>{formatMoney(price, currency, locale)}</FigureCell>
                <TableCell>
                  {perVolume === undefined ? t('once') : t('per', { volume: Number(perVolume), unit })}
                </TableCell>
                <TableCell className="text-right">
                  {mayChange ? (
                    <DeedDialog
                      trigger={t('remove')}
                      triggerLook={{ kind: 'quiet', size: 'small' }}
                      title={t('removeTitle', { code })}
                      words={removeWords}
                      isDangerous
                      deed={removeTariff.bind(null, id, code)}
                    />
                  ) : null}
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  )
}
