import { useState } from 'react';
import { i18n } from '#i18n';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import { saveText } from '../../../lib/export/files/save.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import type { SpendingLine } from '../../../lib/store/spending.ts';
import { profileName, relationTitle } from '../../../lib/words/names.ts';
import { count } from '../../../lib/words/numbers.ts';
import { purposeName } from '../../../lib/words/purposes.ts';
import { day } from '../../../lib/words/times.ts';
import { useNow } from '../../hooks/useNow.ts';
import { nameOfProvider } from '../../runs/provider.ts';
import { Button } from '../../shared/Button.tsx';
import { AmountHeads, Amounts } from './AmountColumns.tsx';
import { spendingCsv, spendingFileName } from './spending-csv.ts';

/** How many rows are shown until all are requested. */
const FIRST = 100;

interface SpendingLinesProps {
  readonly lines: readonly SpendingLine[];
  readonly lists: readonly Snapshot[];
  /** Lists that were deleted and can still be restored. */
  readonly deleted: readonly Snapshot[];
  readonly onOpen: (id: SnapshotId) => void;
}

/** One row for each list and purpose, which can be saved as CSV. */
export function SpendingLines({ lines, lists, deleted, onOpen }: SpendingLinesProps) {
  const [isAll, setIsAll] = useState(false);
  const now = useNow(60_000);
  const known = new Map([...deleted, ...lists].map((list) => [list.id, list]));
  const shown = isAll ? lines : lines.slice(0, FIRST);
  return (
    <section aria-labelledby="by-list">
      <header className="line spending-heading">
        <h2 id="by-list" className="grow">
          {i18n.t('spending.by_list')}
        </h2>
        <Button
          onClick={() => {
            saveText(spendingCsv(lines, known), spendingFileName(Date.now()), 'text/csv;charset=utf-8');
          }}
        >
          {i18n.t('spending.export')}
        </Button>
      </header>
      <table aria-labelledby="by-list">
        <thead>
          <tr>
            <th scope="col">{i18n.t('spending.list')}</th>
            <th scope="col">{i18n.t('spending.purpose')}</th>
            <th scope="col">{i18n.t('spending.provider')}</th>
            <AmountHeads />
          </tr>
        </thead>
        <tbody>
          {shown.map((line) => (
            <Line
              key={`${line.snapshotId ?? ''} ${line.provider} ${line.unit} ${line.purpose}`}
              line={line}
              list={line.snapshotId === null ? null : known.get(line.snapshotId)}
              now={now}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
      {shown.length < lines.length && (
        <Button
          onClick={() => {
            setIsAll(true);
          }}
        >
          {i18n.t('spending.show_all', { n: count(lines.length) })}
        </Button>
      )}
    </section>
  );
}

interface LineProps {
  readonly line: SpendingLine;
  /** `null` for the test of a key; `undefined` if the list no longer exists. */
  readonly list: Snapshot | null | undefined;
  readonly now: number;
  readonly onOpen: (id: SnapshotId) => void;
}

function Line({ line, list, now, onOpen }: LineProps) {
  return (
    <tr>
      <td>
        <ListName list={list} now={now} onOpen={onOpen} />
      </td>
      <td>{purposeName(line.purpose)}</td>
      <td>{nameOfProvider(line.provider)}</td>
      <Amounts of={line} />
    </tr>
  );
}

function ListName({ list, now, onOpen }: Omit<LineProps, 'line'>) {
  if (list === null) return i18n.t('amount.unknown');
  if (list === undefined) return <span className="muted">{i18n.t('spending.deleted_list')}</span>;
  const { id, platform, handle, relation, createdAt, deletedAt } = list;
  const text = (
    <>
      <bdi>{profileName(platform, handle)}</bdi>{' '}
      <span className="meta">{`${relationTitle(relation)} · ${day(createdAt, now)}`}</span>
    </>
  );
  if (deletedAt !== undefined) return text;
  return (
    <a
      href={`dashboard.html?list=${id}`}
      onClick={(event) => {
        // With a modifier, the browser opens a tab.
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onOpen(id);
      }}
    >
      {text}
    </a>
  );
}
