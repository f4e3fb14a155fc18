import { useId, useState } from 'react';
import { i18n } from '#i18n';
import type { Column, ReadLines } from '../../../lib/batch/lines.ts';
import { MOST_PROFILES } from '../../../lib/model/batch.ts';
import type { Platform } from '../../../lib/model/platform.ts';
import { platformName, profileName } from '../../../lib/words/names.ts';
import { count } from '../../../lib/words/numbers.ts';
import { Button } from '../../shared/Button.tsx';
import type { CheckedLine, CheckedLines } from './checked-lines.ts';

/** How many lines are shown until all are requested. */
const FIRST = 100;

interface LineResultsProps {
  readonly read: ReadLines;
  readonly checked: CheckedLines;
  readonly platform: Platform;
  readonly again: boolean;
  readonly onAgain: (again: boolean) => void;
  readonly onColumn: (column: Column) => void;
}

/** What each line is, and what is collected of it. */
export function LineResults({ read, checked, platform, again, onAgain, onColumn }: LineResultsProps) {
  const [isAll, setAll] = useState(false);
  const [onlyProblems, setOnlyProblems] = useState(false);
  const id = useId();
  const { counts, handles, lines } = checked;
  const problems = lines.filter(({ kind }) => kind !== 'new');
  const chosen = onlyProblems ? problems : lines;
  const shown = isAll ? chosen : chosen.slice(0, FIRST);
  return (
    <div className="many-lines">
      <h2 id={id}>{i18n.t('many.lines')}</h2>
      <p role="status">{summaryOf(checked)}</p>
      {read.unread > 0 && (
        <p className="tone-error">
          {handles.length >= MOST_PROFILES
            ? i18n.t('many.too_many', read.unread, { most: count(MOST_PROFILES), n: count(read.unread) })
            : i18n.t('many.unread', read.unread, { n: count(read.unread) })}
        </p>
      )}
      {read.columns !== null && <ColumnChoice columns={read.columns} onColumn={onColumn} />}
      {counts.collected > 0 && (
        <label className="check">
          <input
            type="checkbox"
            checked={again}
            onChange={({ target }) => {
              onAgain(target.checked);
            }}
          />
          <span>{i18n.t('many.again', counts.collected, { n: count(counts.collected) })}</span>
        </label>
      )}
      {problems.length > 0 && problems.length < lines.length && (
        <label className="check">
          <input
            type="checkbox"
            checked={onlyProblems}
            onChange={({ target }) => {
              setOnlyProblems(target.checked);
            }}
          />
          <span>{i18n.t('many.only_others')}</span>
        </label>
      )}
      <div className="many-table" role="region" aria-labelledby={id} tabIndex={0}>
        <table aria-labelledby={id}>
          <thead>
            <tr>
              <th scope="col">{i18n.t('many.line')}</th>
              <th scope="col">{i18n.t('many.text')}</th>
              <th scope="col">{i18n.t('many.result')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line, index) => (
              <Line key={index} checked={line} platform={platform} again={again} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < chosen.length && (
        <Button
          onClick={() => {
            setAll(true);
          }}
        >
          {i18n.t('many.show_all', { n: count(chosen.length) })}
        </Button>
      )}
    </div>
  );
}

/** `97 profiles to collect · 2 repeated · 1 refused` */
function summaryOf({ counts, handles }: CheckedLines): string {
  const refused = counts.refused + counts['needs-handle'];
  const parts = [
    i18n.t('many.to_collect', handles.length, { n: count(handles.length) }),
    ...(counts.collected === 0 ? [] : [i18n.t('many.n_collected', { n: count(counts.collected) })]),
    ...(counts.running === 0 ? [] : [i18n.t('many.n_running', { n: count(counts.running) })]),
    ...(counts.repeated === 0 ? [] : [i18n.t('many.n_repeated', { n: count(counts.repeated) })]),
    ...(refused === 0 ? [] : [i18n.t('many.n_refused', { n: count(refused) })]),
  ];
  return parts.join(' · ');
}

interface LineProps {
  readonly checked: CheckedLine;
  readonly platform: Platform;
  readonly again: boolean;
}

function Line({ checked, platform, again }: LineProps) {
  const { line, kind } = checked;
  const isTaken = kind === 'new' || (kind === 'collected' && again);
  const isRefused = kind === 'refused' || kind === 'needs-handle';
  return (
    <tr>
      <td className="number">{count(line.line)}</td>
      <td dir="auto">
        <bdi>{line.text}</bdi>
      </td>
      <td className={isTaken ? 'tone-done' : isRefused ? 'tone-error' : 'muted'}>
        <bdi>{resultText(checked, platform, again)}</bdi>
      </td>
    </tr>
  );
}

function resultText({ line: { result }, kind }: CheckedLine, platform: Platform, again: boolean): string {
  if (result.kind === 'repeated') return i18n.t('many.repeated', { n: count(result.line) });
  if (result.kind === 'refused') {
    return result.why === 'other-platform'
      ? i18n.t('many.other_platform', { platform: platformName(result.platform) })
      : i18n.t('many.not_a_profile');
  }
  switch (kind) {
    case 'collected':
      return again ? i18n.t('many.collected_again') : i18n.t('many.collected');
    case 'running':
      return i18n.t('many.running');
    case 'needs-handle':
      return i18n.t('many.needs_handle');
    case 'new':
    case 'repeated':
    case 'refused':
      return profileName(platform, result.handle);
  }
}

interface ColumnChoiceProps {
  readonly columns: NonNullable<ReadLines['columns']>;
  readonly onColumn: (column: Column) => void;
}

/** Which column of a table has the profiles. */
function ColumnChoice({ columns: { headings, read }, onColumn }: ColumnChoiceProps) {
  const id = useId();
  return (
    <div className="field many-column">
      <label htmlFor={id}>{i18n.t('many.column')}</label>
      <select
        id={id}
        className="select"
        value={String(read)}
        onChange={({ target }) => {
          onColumn(target.value === 'all' ? 'all' : Number(target.value));
        }}
      >
        {headings.map((heading, index) => (
          <option key={index} value={index}>
            {heading === null || heading === '' ? i18n.t('many.column_n', { n: count(index + 1) }) : heading}
          </option>
        ))}
        <option value="all">{i18n.t('many.all_columns')}</option>
      </select>
    </div>
  );
}
