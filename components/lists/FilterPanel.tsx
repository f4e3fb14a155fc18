import { useEffect, useId, useRef, useState } from 'react';
import { i18n } from '#i18n';
import { noFilters, type ListFilters, type Range } from '../../lib/lists/query.ts';
import { filtersSet, rangeOf, readCount, readDay, writeDay } from './filter-fields.ts';
import { Button } from '../shared/Button.tsx';

interface FilterPanelProps {
  readonly id: string;
  readonly filters: ListFilters;
  readonly onFilters: (filters: ListFilters) => void;
  readonly onClose: () => void;
}

/** The filters of a list. Changes apply immediately. */
export default function FilterPanel({ id, filters, onFilters, onClose }: FilterPanelProps) {
  const panel = useRef<HTMLElement>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    panel.current?.querySelector<HTMLElement>('select, input')?.focus();
  }, []);
  return (
    <section
      ref={panel}
      id={id}
      className="panel filters"
      aria-label={i18n.t('filter.title')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <FilterFields key={round} filters={filters} onFilters={onFilters} />
      <div className="buttons">
        <Button
          // Not disabled: it would lose the focus when clicked.
          aria-disabled={filtersSet(filters) === 0}
          onClick={() => {
            onFilters(noFilters);
            // A new key resets the fields, which also discards incomplete input.
            setRound((last) => last + 1);
          }}
        >
          {i18n.t('filter.clear')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {i18n.t('filter.close')}
        </Button>
        <p className="meta">{i18n.t('filter.unknown')}</p>
      </div>
    </section>
  );
}

function FilterFields({ filters, onFilters }: Pick<FilterPanelProps, 'filters' | 'onFilters'>) {
  const set = (change: Partial<ListFilters>): void => {
    onFilters({ ...filters, ...change });
  };
  return (
    <div className="filter-fields">
      <YesNoFilters filters={filters} set={set} />
      <CountRange
        label={i18n.t('account.followers')}
        value={filters.followers}
        onValue={(followers) => {
          set({ followers });
        }}
      />
      <CountRange
        label={i18n.t('account.following')}
        value={filters.following}
        onValue={(following) => {
          set({ following });
        }}
      />
      <Created
        value={filters.created}
        onValue={(created) => {
          set({ created });
        }}
      />
      <Location
        value={filters.location}
        onValue={(location) => {
          set({ location });
        }}
      />
    </div>
  );
}

interface YesNoFiltersProps {
  readonly filters: ListFilters;
  readonly set: (change: Partial<ListFilters>) => void;
}

function YesNoFilters({ filters, set }: YesNoFiltersProps) {
  return (
    <>
      <YesNo
        label={i18n.t('account.verified')}
        value={filters.verified}
        onValue={(verified) => {
          set({ verified });
        }}
      />
      <YesNo
        label={i18n.t('account.private')}
        value={filters.private}
        onValue={(isPrivate) => {
          set({ private: isPrivate });
        }}
      />
      <YesNo
        label={i18n.t('filter.has_website')}
        value={filters.hasWebsite}
        onValue={(hasWebsite) => {
          set({ hasWebsite });
        }}
      />
      <YesNo
        label={i18n.t('filter.has_bio')}
        value={filters.hasBio}
        onValue={(hasBio) => {
          set({ hasBio });
        }}
      />
    </>
  );
}

interface ValueProps<T> {
  readonly label: string;
  readonly value: T;
  readonly onValue: (value: T) => void;
}

const ANSWERS = { any: null, yes: true, no: false } as const;

function isYesOrNo(text: string): text is keyof typeof ANSWERS {
  return text in ANSWERS;
}

function YesNo({ label, value, onValue }: ValueProps<boolean | null>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="select"
        value={value === null ? 'any' : value ? 'yes' : 'no'}
        onChange={({ target }) => {
          if (isYesOrNo(target.value)) onValue(ANSWERS[target.value]);
        }}
      >
        <option value="any">{i18n.t('filter.any')}</option>
        <option value="yes">{i18n.t('account.yes')}</option>
        <option value="no">{i18n.t('account.no')}</option>
      </select>
    </div>
  );
}

function CountRange({ label, value, onValue }: ValueProps<Range | null>) {
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

function Created({ value, onValue }: Omit<ValueProps<Range | null>, 'label'>) {
  const id = useId();
  const label = i18n.t('filter.created');
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

function Location({ value, onValue }: Omit<ValueProps<string>, 'label'>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{i18n.t('filter.location')}</label>
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
