import { i18n } from '#i18n';
import type { Sort, SortColumn } from '../../lib/lists/query.ts';
import type { Relation } from '../../lib/model/platform.ts';
import { platformOrderName } from '../../lib/words/names.ts';

interface Order {
  readonly key: string;
  readonly text: (relation: Relation) => string;
  readonly sort: Sort | null;
}

const order = (column: SortColumn, descending: boolean, text: () => string): Order => ({
  key: `${column}-${descending ? 'down' : 'up'}`,
  text,
  sort: { column, descending },
});

/** The most useful orders, for a short menu. The dashboard's headers sort by every column. */
const ORDERS: readonly Order[] = [
  { key: 'own', text: platformOrderName, sort: null },
  order('followers', true, () => i18n.t('sort.followers_most')),
  order('followers', false, () => i18n.t('sort.followers_fewest')),
  order('following', true, () => i18n.t('sort.following_most')),
  order('posts', true, () => i18n.t('sort.posts_most')),
  order('createdAt', true, () => i18n.t('sort.created_last')),
  order('createdAt', false, () => i18n.t('sort.created_first')),
  order('name', false, () => i18n.t('sort.name')),
  order('handle', false, () => i18n.t('sort.handle')),
];

interface SortMenuProps {
  readonly relation: Relation;
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort | null) => void;
}

/** Sorts a list where there are no headers to click. */
export function SortMenu({ relation, sort, onSort }: SortMenuProps) {
  const chosen = ORDERS.find(
    (one) => one.sort?.column === sort?.column && one.sort?.descending === sort?.descending,
  );
  return (
    <select
      className="select sort-menu"
      aria-label={i18n.t('sort.title')}
      value={chosen?.key ?? 'own'}
      onChange={({ target }) => {
        onSort(ORDERS.find(({ key }) => key === target.value)?.sort ?? null);
      }}
    >
      {ORDERS.map(({ key, text }) => (
        <option key={key} value={key}>
          {text(relation)}
        </option>
      ))}
    </select>
  );
}
