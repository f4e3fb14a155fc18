/**
 * Every kind of filter, once: its label, its chip, its text in a receipt, and its editor. A new filter of `ListFilters`
 * does not compile until it is added here.
 */
import { i18n } from '#i18n';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { ListFilters, Range } from '../../../lib/lists/query.ts';
import { yesOrNo } from '../../../lib/words/account.ts';
import { count } from '../../../lib/words/numbers.ts';
import { createdDay } from '../../../lib/words/times.ts';
import { listInReceipt, listReference } from '../list-reference.ts';
import { CountRangeEditor, DayRangeEditor, TextEditor, YesNoEditor, type Editor } from './editors.tsx';
import { isSet, type FilterName } from './filters-set.ts';
import { ListsEditor } from './ListsEditor.tsx';

export interface FilterKind<V> {
  readonly label: () => string;
  /** The text of its chip, with the value: short, and readable on its own. */
  readonly chip: (value: NonNullable<V>) => string;
  /** The value in a receipt; not formatted for a language where a program may read it. */
  readonly receipt: (value: NonNullable<V>) => string;
  /** The value when the filter is added; `null` opens the editor instead. */
  readonly start: V | null;
  readonly Editor: Editor<V>;
}

type FilterKinds = { readonly [Name in FilterName]: FilterKind<ListFilters[Name]> };

function flag(label: () => string, yes: () => string, no: () => string): FilterKind<boolean | null> {
  return {
    label,
    chip: (value) => (value ? yes() : no()),
    receipt: yesOrNo,
    start: true,
    Editor: YesNoEditor,
  };
}

/** The text of a range whose ends are written by `write`. */
function rangeText(field: string, { from, to }: Range, write: (end: number) => string): string {
  if (from === null) return i18n.t('filter.at_most', { field, n: write(to ?? 0) });
  if (to === null) return i18n.t('filter.at_least', { field, n: write(from) });
  return i18n.t('filter.from_to', { field, from: write(from), to: write(to) });
}

function between({ from, to }: Range, write: (value: number) => string): string {
  return `${from === null ? '' : write(from)} – ${to === null ? '' : write(to)}`.trim();
}

function counts(label: () => string): FilterKind<Range | null> {
  return {
    label,
    chip: (range) => rangeText(label(), range, count),
    receipt: (range) => between(range, String),
    start: null,
    Editor: CountRangeEditor,
  };
}

function days(label: () => string, short: () => string): FilterKind<Range | null> {
  return {
    label,
    chip: ({ from, to }) => {
      if (from === null) return i18n.t('filter.until', { field: short(), day: createdDay(to ?? 0) });
      if (to === null) return i18n.t('filter.since', { field: short(), day: createdDay(from) });
      return i18n.t('filter.from_to', { field: short(), from: createdDay(from), to: createdDay(to) });
    },
    receipt: (range) => between(range, (time) => new Date(time).toISOString().slice(0, 10)),
    start: null,
    Editor: DayRangeEditor,
  };
}

function lists(label: () => string): FilterKind<readonly SnapshotId[]> {
  return {
    label,
    chip: (ids) =>
      i18n.t('filter.is', { field: label(), value: ids.map((id) => listReference(id)).join(', ') }),
    receipt: (ids) => ids.map(listInReceipt).join(', '),
    start: null,
    Editor: ListsEditor,
  };
}

/** In the order of the menu and of receipts. */
const FILTER_KINDS: FilterKinds = {
  verified: flag(
    () => i18n.t('account.verified'),
    () => i18n.t('account.verified'),
    () => i18n.t('filter.not_verified'),
  ),
  private: flag(
    () => i18n.t('account.private'),
    () => i18n.t('account.private'),
    () => i18n.t('filter.not_private'),
  ),
  followers: counts(() => i18n.t('account.followers')),
  following: counts(() => i18n.t('account.following')),
  hasWebsite: flag(
    () => i18n.t('filter.has_website'),
    () => i18n.t('filter.has_website'),
    () => i18n.t('filter.no_website'),
  ),
  hasBio: flag(
    () => i18n.t('filter.has_bio'),
    () => i18n.t('filter.has_bio'),
    () => i18n.t('filter.no_bio'),
  ),
  created: days(
    () => i18n.t('filter.created'),
    () => i18n.t('account.createdAt'),
  ),
  followed: days(
    () => i18n.t('filter.followed'),
    () => i18n.t('audience.facet.followed'),
  ),
  location: {
    label: () => i18n.t('filter.location'),
    chip: (value) => i18n.t('filter.is', { field: i18n.t('account.location'), value: value.trim() }),
    receipt: (value) => value.trim(),
    start: null,
    Editor: TextEditor,
  },
  position: counts(() => i18n.t('filter.position')),
  inLists: lists(() => i18n.t('filter.in_lists')),
  notInLists: lists(() => i18n.t('filter.not_in_lists')),
};

/** The names of all filters, in the order of the menu. */
export const FILTER_NAMES = Object.keys(FILTER_KINDS) as readonly FilterName[];

/** The kind of a filter, whose functions take the value of the filter with the same name. */
function kindOf<Name extends FilterName>(name: Name): FilterKind<ListFilters[Name]> {
  return FILTER_KINDS[name];
}

export function filterLabel(name: FilterName): string {
  return FILTER_KINDS[name].label();
}

/** The text of a filter's chip; its label alone while it is not set. */
export function chipText(filters: ListFilters, name: FilterName): string {
  const kind = kindOf(name);
  const value = filters[name];
  return isSet(filters, name) && value !== null ? kind.chip(value) : `${kind.label()}…`;
}

/** A filter as a part of a receipt; `null` if it is not set. */
export function receiptText(filters: ListFilters, name: FilterName): string | null {
  const kind = kindOf(name);
  const value = filters[name];
  return isSet(filters, name) && value !== null ? `${kind.label()}: ${kind.receipt(value)}` : null;
}

/** The filters with one added: set to its first value, or `null` if the user has to enter one. */
export function withStart(filters: ListFilters, name: FilterName): ListFilters | null {
  const { start } = kindOf(name);
  return start === null ? null : { ...filters, [name]: start };
}

interface FilterEditorProps {
  readonly name: FilterName;
  readonly filters: ListFilters;
  readonly onFilters: (filters: ListFilters) => void;
}

/** The editor of one filter. */
export function FilterEditor({ name, filters, onFilters }: FilterEditorProps) {
  const kind = kindOf(name);
  const { Editor } = kind;
  return (
    <Editor
      label={kind.label()}
      value={filters[name]}
      onValue={(value) => {
        onFilters({ ...filters, [name]: value });
      }}
    />
  );
}
