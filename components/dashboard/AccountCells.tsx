import { memo } from 'react';
import type { ListedAccount } from '../../lib/lists/rows.ts';
import type { FollowTimes } from '../../lib/model/follow-times.ts';
import { fieldHas } from '../../lib/model/account.ts';
import { isIdOnly } from '../../lib/store/columns.ts';
import { accountName, missingRemark } from '../../lib/words/account.ts';
import { AccountMarks } from '../lists/AccountMarks.tsx';
import { isFollowField, valueOf, type Field } from '../lists/fields.ts';
import { Marked } from '../lists/Marked.tsx';
import { Picture } from '../shared/Picture.tsx';

interface AccountCellsProps {
  readonly account: ListedAccount;
  /** When it followed; `null` if no column shows it, or while it is being read. */
  readonly follow: FollowTimes | null;
  readonly fields: readonly Field[];
  readonly pictures: boolean;
  /** The search, folded, whose matches are marked. */
  readonly needle: string;
}

/** The cells of one account. */
export const AccountCells = memo(function AccountCells(props: AccountCellsProps) {
  const { account, follow, fields, pictures, needle } = props;
  // With only an ID known, show the ID across all columns: it is more useful than a row of dashes.
  if (isIdOnly(account)) {
    return (
      <span role="gridcell" className="cell name-cell bare-cell" aria-colspan={fields.length}>
        <Picture id={account.id} name={null} handle={null} url={null} />
        <bdi className="ellipsis">{accountName(account)}</bdi>
        <span className="meta ellipsis">{missingRemark(account)}</span>
      </span>
    );
  }
  return (
    <>
      <NameCell account={account} pictures={pictures} needle={needle} />
      {fields.slice(1).map((field) => (
        <ValueCell key={field.key} account={account} follow={follow} field={field} needle={needle} />
      ))}
    </>
  );
});

/** Picture, name, and handle; it stays in view when the table is scrolled sideways. */
function NameCell({ account, pictures, needle }: Omit<AccountCellsProps, 'fields' | 'follow'>) {
  const { id, name, handle, avatarUrl } = account;
  const shown = accountName(account);
  return (
    <span
      role="gridcell"
      className="cell name-cell frozen"
      title={handle === null || handle === shown ? shown : `${shown} @${handle}`}
    >
      <Picture id={id} name={name} handle={handle} url={pictures ? avatarUrl : null} />
      <bdi className="name ellipsis">
        <Marked text={shown} needle={needle} />
      </bdi>
      <AccountMarks account={account} />
      {handle !== null && (
        <span className="handle ellipsis" dir="auto">
          <bdi>
            <Marked text={`@${handle}`} needle={needle} />
          </bdi>
        </span>
      )}
    </span>
  );
}

interface ValueCellProps extends Pick<AccountCellsProps, 'account' | 'follow'> {
  readonly field: Field;
  readonly needle: string;
}

function ValueCell({ account, follow, field: { key, numeric, text }, needle }: ValueCellProps) {
  const value = valueOf(account, follow, key);
  const shown = text(account, follow);
  const isSearched = !isFollowField(key) && fieldHas(key, { searched: true });
  const isUnknown = value === null || value === '';
  return (
    <span
      role="gridcell"
      className={`cell${numeric ? ' number' : ''}${isUnknown ? ' unknown' : ''}`}
      title={numeric || isUnknown ? undefined : shown}
      // Text that doesn't fit is cut off at its end, which depends on its direction.
      dir={numeric ? undefined : 'auto'}
    >
      <bdi>{isUnknown || !isSearched ? shown : <Marked text={shown} needle={needle} />}</bdi>
    </span>
  );
}
