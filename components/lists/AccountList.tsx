import { memo } from 'react';
import { i18n } from '#i18n';
import type { ListedAccount } from '../../lib/lists/rows.ts';
import { isIdOnly } from '../../lib/store/columns.ts';
import { accountName, missingRemark } from '../../lib/words/account.ts';
import { count } from '../../lib/words/numbers.ts';
import { createdDay } from '../../lib/words/times.ts';
import { ErrorBoundary } from '../shared/ErrorBoundary.tsx';
import { AccountMarks } from './AccountMarks.tsx';
import type { AccountsProps } from './useListState.ts';
import { Picture } from '../shared/Picture.tsx';
import { useRows } from './useRows.ts';

const ROW = 40;

interface AccountListProps extends AccountsProps {
  readonly pictures: boolean;
}

/** The accounts in two lines each: name and handle, then follower count and creation date. */
export function AccountList(props: AccountListProps) {
  const { view, rowSelection, scroller, pictures } = props;
  const rows = useRows(props, ROW, 0);
  const { long, visible, tabbable } = rows;
  return (
    <div
      className="accounts"
      ref={scroller}
      role="list"
      aria-label={i18n.t('list.accounts')}
      tabIndex={tabbable < 0 ? 0 : -1}
      onKeyDown={rows.onKeyDown}
      onFocus={rows.onFocus}
      onBlur={rows.onBlur}
      onClick={(event) => {
        const { target } = event;
        const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
        if (row !== null) rows.onRowClick(event, Number(row.dataset['row']));
      }}
    >
      <div role="presentation" className="space" style={{ blockSize: long.space }}>
        <div role="presentation" className="drawn" style={{ insetBlockStart: long.top }}>
          {visible.map(({ index, position, account }) => (
            <div
              key={position}
              role="listitem"
              aria-posinset={index + 1}
              aria-setsize={view.count}
              aria-busy={account === null}
            >
              <ErrorBoundary>
                <AccountRow
                  account={account}
                  index={index}
                  tabbable={index === tabbable}
                  isActive={position === rowSelection.active}
                  isSelected={rowSelection.selection.has(position)}
                  pictures={pictures}
                />
              </ErrorBoundary>
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

interface AccountRowProps {
  readonly account: ListedAccount | null;
  readonly index: number;
  readonly tabbable: boolean;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly pictures: boolean;
}

function aside(account: ListedAccount): string {
  const remark = missingRemark(account);
  if (remark !== null) return remark;
  return [account.bio, account.location]
    .flatMap((text) => (text === null || text.trim() === '' ? [] : [text.replace(/\s+/g, ' ').trim()]))
    .join(' · ');
}

const AccountRow = memo(function AccountRow({
  account,
  index,
  tabbable,
  isActive,
  isSelected,
  pictures,
}: AccountRowProps) {
  const button = {
    type: 'button' as const,
    'data-row': index,
    tabIndex: tabbable ? 0 : -1,
    'aria-current': isActive,
    className: `account-row${isActive ? ' active' : ''}${isSelected ? ' selected' : ''}`,
  };
  if (account === null)
    return (
      <button {...button}>
        <span className="visually-hidden">{i18n.t('list.reading')}</span>
      </button>
    );
  const { name, handle, followers, createdAt } = account;
  const shownName = accountName(account);
  const more = aside(account);
  return (
    <button {...button}>
      <Picture id={account.id} name={name} handle={handle} url={pictures ? account.avatarUrl : null} />
      <span className="grow">
        <span className="line">
          <bdi className={isIdOnly(account) ? 'ellipsis' : 'name ellipsis'} title={shownName}>
            {shownName}
          </bdi>
          <AccountMarks account={account} />
          {isSelected && <span className="visually-hidden">{i18n.t('list.is_selected')}</span>}
          {handle !== null && (
            <span className="handle ellipsis" dir="auto">
              <bdi>@{handle}</bdi>
            </span>
          )}
          <span className="number">
            {followers === null
              ? isIdOnly(account)
                ? ''
                : i18n.t('amount.unknown')
              : i18n.t('list.followers', followers, { n: count(followers) })}
          </span>
        </span>
        <span className="line meta">
          <span className="grow ellipsis" dir="auto" title={more}>
            <bdi>{more}</bdi>
          </span>
          <span className="number">
            {createdAt === null ? '' : i18n.t('list.created', { day: createdDay(createdAt) })}
          </span>
        </span>
      </span>
    </button>
  );
});
