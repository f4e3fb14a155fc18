import { useId, useRef, type KeyboardEvent } from 'react';
import { i18n } from '#i18n';
import type { Reader, View } from '../../lib/lists/reader.ts';
import type { ListedAccount } from '../../lib/lists/rows.ts';
import { compactCount, count } from '../../lib/words/numbers.ts';
import { createdDay } from '../../lib/words/times.ts';
import { useAccounts } from '../hooks/useAccounts.ts';
import { Icon } from '../look/Icon.tsx';
import { Picture } from '../lists/Picture.tsx';
import { useLongList } from '../lists/useLongList.ts';

const HEADER = 32;

interface AccountTableProps {
  readonly reader: Reader;
  readonly version: number;
  readonly view: View;
  readonly compact: boolean;
  readonly pictures: boolean;
  readonly initialOffset: number;
  readonly onScroll: (offset: number) => void;
  /** The chosen account's position. */
  readonly chosen: number | null;
  readonly onChosen: (position: number) => void;
}

interface Column {
  readonly key: string;
  readonly title: () => string;
  readonly numeric: boolean;
  readonly cell: (account: ListedAccount) => string;
}

const unknown = (): string => i18n.t('amount.unknown');

function number(value: number | null): string {
  return value === null ? unknown() : count(value);
}

function text(value: string | null): string {
  return value === null ? unknown() : value.replace(/\s+/g, ' ');
}

const COLUMNS: readonly Column[] = [
  { key: 'bio', title: () => i18n.t('account.bio'), numeric: false, cell: ({ bio }) => text(bio) },
  {
    key: 'location',
    title: () => i18n.t('account.location'),
    numeric: false,
    cell: ({ location }) => text(location),
  },
  {
    key: 'followers',
    title: () => i18n.t('account.followers'),
    numeric: true,
    cell: ({ followers }) => number(followers),
  },
  {
    key: 'following',
    title: () => i18n.t('account.following'),
    numeric: true,
    cell: ({ following }) => number(following),
  },
  {
    key: 'posts',
    title: () => i18n.t('account.posts'),
    numeric: true,
    cell: ({ posts }) => (posts === null ? unknown() : compactCount(posts)),
  },
  {
    key: 'created',
    title: () => i18n.t('account.created_at'),
    numeric: true,
    cell: ({ createdAt }) => (createdAt === null ? unknown() : createdDay(createdAt)),
  },
];

/** The accounts as a table: arrows move, the chosen account's details are beside it. */
export function AccountTable(props: AccountTableProps) {
  const { reader, version, view, compact, pictures, initialOffset, onScroll, chosen, onChosen } = props;
  const id = useId();
  const rowHeight = compact ? 32 : 40;
  const length = view.count;
  const scroller = useRef<HTMLDivElement>(null);
  const long = useLongList(scroller, {
    count: length,
    rowHeight,
    headerHeight: HEADER,
    initialOffset,
    onScroll,
  });
  const inView = view.slice(long.first, long.first + long.length);
  const rowAt = useAccounts(reader, inView, version);
  const drawn = Array.from(inView, (position, offset) => ({ index: long.first + offset, position }));
  const chosenIndex = chosen === null ? -1 : view.indexOf(chosen);
  const isDrawn = drawn.some(({ index }) => index === chosenIndex);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / rowHeight) - 2);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: chosenIndex + 1,
      ArrowUp: chosenIndex - 1,
      PageDown: chosenIndex + page,
      PageUp: chosenIndex - page,
      Home: 0,
      End: length - 1,
    };
    const wanted = steps[event.key];
    if (wanted === undefined || length === 0) return;
    event.preventDefault();
    const next = Math.min(Math.max(0, wanted), length - 1);
    onChosen(view.slice(next, next + 1)[0] ?? 0);
    long.reveal(next);
  }

  return (
    <div
      className={compact ? 'accounts table compact' : 'accounts table'}
      ref={scroller}
      role="grid"
      aria-label={i18n.t('list.accounts')}
      aria-rowcount={length + 1}
      aria-colcount={COLUMNS.length + 2}
      tabIndex={0}
      aria-activedescendant={isDrawn ? `${id}-${String(chosenIndex)}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="row" aria-rowindex={1} className="table-header">
        <span role="columnheader" className="cell number">
          {i18n.t('dashboard.table_position')}
        </span>
        <span role="columnheader" className="cell account-cell">
          {i18n.t('account.name')}
        </span>
        {COLUMNS.map(({ key, title, numeric }) => (
          <span role="columnheader" key={key} className={numeric ? `cell number ${key}` : `cell ${key}`}>
            {title()}
          </span>
        ))}
      </div>
      <div role="rowgroup" className="space" style={{ blockSize: long.space }}>
        <div role="presentation" className="drawn" style={{ insetBlockStart: long.top }}>
          {drawn.map(({ index, position }) => {
            const account = rowAt(position);
            return (
              <div
                key={position}
                id={`${id}-${String(index)}`}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={position === chosen}
                aria-busy={account === undefined}
                className="table-row"
                onClick={() => {
                  onChosen(position);
                }}
              >
                <span role="gridcell" className="cell number muted">
                  {count(position + 1)}
                </span>
                <span role="gridcell" className="cell account-cell">
                  {account !== undefined && <Who account={account} pictures={pictures} />}
                </span>
                {COLUMNS.map(({ key, numeric, cell }) => {
                  const words = account === undefined ? '' : cell(account);
                  return (
                    <span
                      role="gridcell"
                      key={key}
                      className={numeric ? `cell number ${key}` : `cell ${key}`}
                      title={numeric ? undefined : words}
                    >
                      <bdi>{words}</bdi>
                    </span>
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Who({ account, pictures }: { readonly account: ListedAccount; readonly pictures: boolean }) {
  const { name, handle, avatarUrl } = account;
  return (
    <span className="who">
      <Picture name={name} handle={handle} url={pictures ? avatarUrl : null} />
      <bdi className="name ellipsis">{name ?? handle ?? account.id}</bdi>
      {account.verified === true && (
        <span className="mark-verified" title={i18n.t('list.verified')}>
          <Icon name="verified" />
          <span className="visually-hidden">{i18n.t('list.verified')}</span>
        </span>
      )}
      {handle !== null && <bdi className="handle ellipsis">@{handle}</bdi>}
    </span>
  );
}
