import { memo, useRef } from 'react';
import { i18n } from '#i18n';
import type { Reader, View } from '../../lib/lists/reader.ts';
import type { ListedAccount } from '../../lib/lists/rows.ts';
import type { Platform } from '../../lib/model.ts';
import { profileUrl } from '../../lib/platforms/index.ts';
import { compactCount, count } from '../../lib/words/numbers.ts';
import { createdDay } from '../../lib/words/times.ts';
import { useAccounts } from '../hooks/useAccounts.ts';
import { Icon } from '../look/Icon.tsx';
import { Picture } from './Picture.tsx';
import { useLongList } from './useLongList.ts';

const ROW = 48;

interface AccountListProps {
  readonly reader: Reader;
  readonly version: number;
  readonly platform: Platform;
  readonly view: View;
  readonly pictures: boolean;
  readonly initialOffset: number;
  readonly onScroll: (offset: number) => void;
}

/** The accounts in two lines each: who they are, and how many follow them since when. */
export function AccountList({
  reader,
  version,
  platform,
  view,
  pictures,
  initialOffset,
  onScroll,
}: AccountListProps) {
  const length = view.count;
  const scroller = useRef<HTMLDivElement>(null);
  const long = useLongList(scroller, { count: length, rowHeight: ROW, initialOffset, onScroll });
  const inView = view.slice(long.first, long.first + long.length);
  const rowAt = useAccounts(reader, inView, version);
  const drawn = Array.from(inView, (position, offset) => ({ index: long.first + offset, position }));
  return (
    // The scrolled part takes the focus so that keys can scroll it; its links are the way to each account.
    <div className="accounts" ref={scroller} role="list" aria-label={i18n.t('list.accounts')} tabIndex={0}>
      <div role="presentation" className="space" style={{ blockSize: long.space }}>
        <div role="presentation" className="drawn" style={{ insetBlockStart: long.top }}>
          {drawn.map(({ index, position }) => (
            <AccountRow
              key={position}
              account={rowAt(position) ?? null}
              index={index}
              of={length}
              platform={platform}
              pictures={pictures}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

interface AccountRowProps {
  readonly account: ListedAccount | null;
  readonly index: number;
  readonly of: number;
  readonly platform: Platform;
  readonly pictures: boolean;
}

function aside(account: ListedAccount): string {
  return [account.bio, account.location]
    .flatMap((text) => (text === null || text.trim() === '' ? [] : [text.replace(/\s+/g, ' ').trim()]))
    .join(' · ');
}

const AccountRow = memo(function AccountRow({ account, index, of, platform, pictures }: AccountRowProps) {
  const place = { 'aria-posinset': index + 1, 'aria-setsize': of };
  if (account === null) return <div className="account-row" role="listitem" aria-busy="true" {...place} />;
  const { name, handle, followers, createdAt } = account;
  const shownName = name ?? handle ?? account.id;
  const more = account.unavailable === true ? i18n.t('list.unavailable') : aside(account);
  return (
    <div className="account-row" role="listitem" {...place}>
      <Picture name={name} handle={handle} url={pictures ? account.avatarUrl : null} />
      <div className="grow">
        <div className="line">
          {handle === null ? (
            <bdi className="name ellipsis">{shownName}</bdi>
          ) : (
            <a
              className="name ellipsis"
              href={profileUrl(platform, handle)}
              target="_blank"
              rel="noreferrer noopener"
              title={shownName}
            >
              <bdi>{shownName}</bdi>
            </a>
          )}
          {account.verified === true && (
            <span className="mark-verified" title={i18n.t('list.verified')}>
              <Icon name="verified" />
              <span className="visually-hidden">{i18n.t('list.verified')}</span>
            </span>
          )}
          {account.private === true && (
            <span className="mark-private" title={i18n.t('list.private')}>
              <Icon name="lock" />
              <span className="visually-hidden">{i18n.t('list.private')}</span>
            </span>
          )}
          {handle !== null && (
            <span className="handle ellipsis">
              <bdi>@{handle}</bdi>
            </span>
          )}
          <span className="number" title={followers === null ? undefined : count(followers)}>
            {followers === null
              ? i18n.t('amount.unknown')
              : i18n.t('list.followers', followers, { n: compactCount(followers) })}
          </span>
        </div>
        <div className="line meta">
          <span className="grow ellipsis" title={more}>
            <bdi>{more}</bdi>
          </span>
          <span className="number">
            {createdAt === null ? '' : i18n.t('list.created', { day: createdDay(createdAt) })}
          </span>
        </div>
      </div>
    </div>
  );
});
