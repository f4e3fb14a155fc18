import { useId, type ReactNode } from 'react';
import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { isSample, type Snapshot } from '../../../lib/model/snapshot.ts';
import { citationText, subjectText } from '../../../lib/words/citation.ts';
import { receiptParts, type ReceiptLine } from '../../../lib/words/receipt.ts';
import { statusMessage } from '../../../lib/words/status.ts';
import { useFollowBasis } from '../../hooks/useFollowTimes.ts';
import { useNow } from '../../hooks/useNow.ts';
import { useCreditPrice } from '../../hooks/usePreferences.ts';
import { useSpent } from '../../hooks/useSpent.ts';
import { factsAt } from '../../runs/facts.ts';
import { nameOfProvider } from '../../runs/provider.ts';
import { Button } from '../../shared/Button.tsx';
import { showMessage } from '../../shared/page-message.ts';
import { ExportedFiles } from './ExportedFiles.tsx';
import { LineItems } from './LineItems.tsx';

interface ReceiptSheetProps {
  readonly snapshot: Snapshot;
}

/** A list's receipt as one page that can be read, cited, and printed. */
export function ReceiptSheet({ snapshot }: ReceiptSheetProps) {
  const id = useId();
  const now = useNow(60_000);
  const creditPrice = useCreditPrice(snapshot.provider);
  const spending = useSpent(snapshot, true);
  const follow = useFollowBasis(snapshot, true);
  const provider = nameOfProvider(snapshot.provider);
  const parts = receiptParts(snapshot, provider, now, {
    creditPrice,
    spent: spending?.spent ?? null,
    follow,
  });
  return (
    <article className="receipt-sheet" aria-labelledby={id}>
      <header className="receipt-heading">
        <div className="grow">
          <h2 id={id}>{i18n.t('receipt.title')}</h2>
          <p>
            <bdi>{subjectText(snapshot)}</bdi>
          </p>
          {snapshot.name !== undefined && (
            <p className="muted">
              <bdi>{snapshot.name}</bdi>
            </p>
          )}
          <p>{statusMessage(factsAt(snapshot, now), now)}</p>
        </div>
        <ReceiptActions snapshot={snapshot} />
      </header>
      <LineItems
        unit={snapshot.unit}
        total={spending?.spent ?? snapshot}
        requests={spending?.spent.requests ?? null}
        lines={spending?.lines ?? []}
        creditPrice={creditPrice}
        notes={parts.spending.filter(({ key }) => key !== 'spent')}
      />
      <Part title={i18n.t('receipt.result')} lines={parts.result.filter(({ key }) => key !== 'reason')} />
      <Part title={i18n.t('receipt.source')} lines={parts.source.filter(({ key }) => key !== 'requests')} />
      <Part title={i18n.t('receipt.times')} lines={parts.times}>
        <p className="meta">{i18n.t('receipt.times_hint')}</p>
      </Part>
      <ExportedFiles files={snapshot.files ?? []} />
    </article>
  );
}

/** Citing and printing. The sample is made up, so there is nothing to cite. */
function ReceiptActions({ snapshot }: ReceiptSheetProps) {
  const copy = (): void => {
    const { version } = browser.runtime.getManifest();
    const providerName = nameOfProvider(snapshot.provider);
    navigator.clipboard.writeText(citationText(snapshot, { providerName, version })).then(
      () => {
        showMessage(i18n.t('receipt.cited'));
      },
      () => {
        showMessage(i18n.t('list.copy_failed'), 'error');
      },
    );
  };
  return (
    <div className="buttons receipt-actions">
      {!isSample(snapshot) && <Button onClick={copy}>{i18n.t('receipt.cite')}</Button>}
      <Button
        onClick={() => {
          print();
        }}
      >
        {i18n.t('receipt.print')}
      </Button>
    </div>
  );
}

interface PartProps {
  readonly title: string;
  readonly lines: readonly ReceiptLine[];
  readonly children?: ReactNode;
}

/** A section of terms and values. */
function Part({ title, lines, children }: PartProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <dl>
        {lines.map(({ key, label, value }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {children}
    </section>
  );
}
