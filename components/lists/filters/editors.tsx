import { useId, useState, type ComponentType } from 'react';
import { i18n } from '#i18n';
import type { Range } from '../../../lib/lists/query.ts';
import { rangeOf, readCount, readDay, writeDay } from './filter-fields.ts';

export interface EditorProps<V> {
  readonly label: string;
  readonly value: V;
  /** Called with every complete value; incomplete input is kept in the field. */
  readonly onValue: (value: V) => void;
}

/** The fields in which a filter of one kind is entered. Changes apply immediately. */
export type Editor<V> = ComponentType<EditorProps<V>>;

const ANSWERS = { any: null, yes: true, no: false } as const;

function isAnswer(value: string): value is keyof typeof ANSWERS {
  return Object.hasOwn(ANSWERS, value);
}

export function YesNoEditor({ label, value, onValue }: EditorProps<boolean | null>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="select"
        value={value === null ? 'any' : value ? 'yes' : 'no'}
        onChange={({ target }) => {
          if (isAnswer(target.value)) onValue(ANSWERS[target.value]);
        }}
      >
        <option value="any">{i18n.t('filter.any')}</option>
        <option value="yes">{i18n.t('account.yes')}</option>
        <option value="no">{i18n.t('account.no')}</option>
      </select>
    </div>
  );
}

/** A range of counts. Short forms such as `10k` are read too. */
export function CountRangeEditor({ label, value, onValue }: EditorProps<Range | null>) {
  const id = useId();
  const [texts, setTexts] = useState({
    from: value?.from?.toString() ?? '',
    to: value?.to?.toString() ?? '',
  });
  const type = (end: 'from' | 'to', text: string): void => {
    const next = { ...texts, [end]: text };
    setTexts(next);
    const from = readCount(next.from);
    const to = readCount(next.to);
    if (from !== undefined && to !== undefined) onValue(rangeOf(from, to));
  };
  const field = (end: 'from' | 'to', text: string) => (
    <input
      className="input"
      inputMode="numeric"
      autoComplete="off"
      aria-label={i18n.t('filter.end', { field: label, end: text })}
      placeholder={text}
      aria-invalid={readCount(texts[end]) === undefined}
      value={texts[end]}
      onChange={({ target }) => {
        type(end, target.value);
      }}
    />
  );
  return (
    <div className="field" role="group" aria-labelledby={id}>
      <span id={id} className="label">
        {label}
      </span>
      <div className="range">
        {field('from', i18n.t('filter.from'))}
        {field('to', i18n.t('filter.to'))}
      </div>
    </div>
  );
}

/** A range of whole days in UTC. */
export function DayRangeEditor({ label, value, onValue }: EditorProps<Range | null>) {
  const id = useId();
  return (
    <div className="field dates" role="group" aria-labelledby={id}>
      <span id={id} className="label">
        {label}
      </span>
      <div className="range">
        <input
          type="date"
          className="input"
          aria-label={i18n.t('filter.end', { field: label, end: i18n.t('filter.from') })}
          value={writeDay(value?.from ?? null)}
          onChange={({ target }) => {
            onValue(rangeOf(readDay(target.value, 'first'), value?.to ?? null));
          }}
        />
        <input
          type="date"
          className="input"
          aria-label={i18n.t('filter.end', { field: label, end: i18n.t('filter.to') })}
          value={writeDay(value?.to ?? null)}
          onChange={({ target }) => {
            onValue(rangeOf(value?.from ?? null, readDay(target.value, 'last')));
          }}
        />
      </div>
    </div>
  );
}

export function TextEditor({ label, value, onValue }: EditorProps<string>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        value={value}
        onChange={({ target }) => {
          onValue(target.value);
        }}
      />
    </div>
  );
}
