import { useId, useState } from 'react';
import { i18n } from '#i18n';
import type { BatchProgress, LineState, ShownLine } from '../../../lib/batch/progress.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import { profileName, stateName, toneOf } from '../../../lib/words/names.ts';
import { count } from '../../../lib/words/numbers.ts';
import { statusMessage } from '../../../lib/words/status.ts';
import { useNow } from '../../hooks/useNow.ts';
import { factsAt } from '../../runs/facts.ts';
import { Button } from '../../shared/Button.tsx';
import { ToneIcon } from '../../shared/Icon.tsx';

/** How many lines are shown until all are requested. */
const FIRST = 100;

/** What needs the user comes first, then what happens now. */
const ORDER: readonly LineState[] = [
  'attention',
  'failed',
  'running',
  'partial',
  'paused',
  'queued',
  'collected',
  'elsewhere',
  'gone',
];

interface BatchLinesProps {
  readonly progress: BatchProgress;
  readonly onOpen: (id: SnapshotId) => void;
}

/** What became of each profile. */
export function BatchLines({ progress: { lines }, onOpen }: BatchLinesProps) {
  const [isAll, setAll] = useState(false);
  const id = useId();
  const now = useNow(30_000);
  const sorted = lines.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  const shown = isAll ? sorted : sorted.slice(0, FIRST);
  return (
    <section className="many-lines" aria-labelledby={id}>
      <h2 id={id}>{i18n.t('many.profiles')}</h2>
      <ul className="many-profiles">
        {shown.map((line) => (
          <li key={line.line.list}>
            <Line line={line} now={now} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {shown.length < lines.length && (
        <Button
          onClick={() => {
            setAll(true);
          }}
        >
          {i18n.t('many.show_all', { n: count(lines.length) })}
        </Button>
      )}
    </section>
  );
}

interface LineProps extends Pick<BatchLinesProps, 'onOpen'> {
  readonly line: ShownLine;
  readonly now: number;
}

function Line({ line: { line, list, state }, now, onOpen }: LineProps) {
  if (list === null) {
    return (
      <p className="line">
        <bdi>@{line.handle}</bdi> <span className="meta">{i18n.t('many.gone')}</span>
      </p>
    );
  }
  const tone = toneOf(list.state);
  const name = profileName(list.platform, list.handle);
  const isExplained = state === 'attention' || state === 'failed' || state === 'partial';
  const canOpen = state !== 'queued';
  return (
    <>
      <p className="line">
        <span className={`tone-${tone}`}>
          <ToneIcon tone={tone} />
        </span>
        {canOpen ? (
          <Button
            size="small"
            variant="quiet"
            onClick={() => {
              onOpen(list.id);
            }}
          >
            <bdi>{name}</bdi>
          </Button>
        ) : (
          <bdi>{name}</bdi>
        )}
        <span className="meta">
          {[
            stateName(list.state),
            ...(list.rows === 0 ? [] : [i18n.t('amount.accounts', list.rows, { n: count(list.rows) })]),
            ...(state === 'elsewhere' ? [i18n.t('many.elsewhere')] : []),
          ].join(' · ')}
        </span>
      </p>
      {isExplained && <p className="many-why">{statusMessage(factsAt(list, now), now)}</p>}
    </>
  );
}
