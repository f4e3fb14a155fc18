import { useEffect, useRef, type KeyboardEvent } from 'react';
import { i18n } from '#i18n';
import type { ListedAccount } from '../../lib/lists/rows.ts';
import { isSample, type Snapshot } from '../../lib/model/snapshot.ts';
import { profileUrl } from '../../lib/platforms/index.ts';
import { accountName, accountOverview, missingRemark } from '../../lib/words/account.ts';
import { followText } from '../../lib/words/follow-times.ts';
import { platformName } from '../../lib/words/names.ts';
import { age } from '../../lib/words/times.ts';
import { useAccounts } from '../hooks/useAccounts.ts';
import { useFollowTimes } from '../hooks/useFollowTimes.ts';
import { useNow } from '../hooks/useNow.ts';
import type { OpenedReader } from '../hooks/useReader.ts';
import { IconButton } from '../shared/Button.tsx';
import { Icon } from '../shared/Icon.tsx';
import { AlsoIn } from './AlsoIn.tsx';
import { detailStep } from './detail-keys.ts';
import { Picture } from '../shared/Picture.tsx';
import { SampleMark } from './SampleMark.tsx';
import { CopyText } from './SelectionBar.tsx';

interface AccountDetailsProps {
  readonly opened: Pick<OpenedReader, 'reader' | 'version'>;
  readonly snapshot: Snapshot;
  readonly position: number;
  readonly pictures: boolean;
  /** Whether the details were opened from the keyboard and take the focus. */
  readonly focused: boolean;
  /** Shows the next (1) or previous (-1) account. */
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
}

/** All known details of one account. Arrow keys show the next or previous one; the focus stays in the details. */
export function AccountDetails(props: AccountDetailsProps) {
  const { opened, snapshot, position, pictures, focused, onStep, onClose } = props;
  const account = useAccounts(opened.reader, [position], opened.version)(position);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (focused) panel.current?.focus();
  }, [focused]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const by = detailStep(event, getComputedStyle(event.currentTarget).direction === 'rtl');
    if (by === null && event.key !== 'Escape') return;
    event.preventDefault();
    if (by === null) {
      event.stopPropagation();
      onClose();
      return;
    }
    // What had the focus, such as a link, may not exist for the next account.
    event.currentTarget.focus();
    onStep(by);
  };
  return (
    <aside
      ref={panel}
      className="details"
      aria-label={i18n.t('account.title')}
      aria-busy={account === undefined}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <header className="line">
        <Picture
          id={account?.id ?? ''}
          name={account?.name ?? null}
          handle={account?.handle ?? null}
          url={pictures ? (account?.avatarUrl ?? null) : null}
        />
        <Identity account={account} snapshot={snapshot} />
        <StepButtons onStep={onStep} />
        <IconButton icon="close" label={i18n.t('account.close')} onClick={onClose} />
      </header>
      {account !== undefined && <Values account={account} position={position} opened={opened} />}
    </aside>
  );
}

function StepButtons({ onStep }: Pick<AccountDetailsProps, 'onStep'>) {
  return (
    <>
      <IconButton
        icon="up"
        label={i18n.t('account.previous')}
        onClick={() => {
          onStep(-1);
        }}
      />
      <IconButton
        icon="down"
        label={i18n.t('account.next')}
        onClick={() => {
          onStep(1);
        }}
      />
    </>
  );
}

interface IdentityProps {
  /** `undefined` while it is being read. */
  readonly account: ListedAccount | undefined;
  readonly snapshot: Snapshot;
}

/** Name and handle, with a link to the profile. */
function Identity({ account, snapshot }: IdentityProps) {
  const { platform } = snapshot;
  const handle = account?.handle ?? null;
  const remark = account === undefined ? null : missingRemark(account);
  return (
    <div className="grow" aria-live="polite">
      <h2>
        <bdi>{account === undefined ? '' : accountName(account)}</bdi>
      </h2>
      {remark !== null && <p className="meta">{remark}</p>}
      {handle !== null && isSample(snapshot) && (
        <p>
          <bdi>@{handle}</bdi> <SampleMark snapshot={snapshot} />
        </p>
      )}
      {handle !== null && !isSample(snapshot) && (
        <a href={profileUrl(platform, handle)} target="_blank" rel="noreferrer noopener">
          <bdi>@{handle}</bdi> {i18n.t('popup.on_platform', { platform: platformName(platform) })}
        </a>
      )}
    </div>
  );
}

interface ValuesProps extends Pick<AccountDetailsProps, 'opened' | 'position'> {
  readonly account: ListedAccount;
}

/** Between which times the account followed; nothing where that is unknown, like other fields without a value. */
function Followed({ opened: { reader, version }, position }: Pick<ValuesProps, 'opened' | 'position'>) {
  const times = useFollowTimes(reader, position, version);
  const isUnknown = times !== null && times.followedAfter === null && times.followedBefore === null;
  if (isUnknown) return null;
  return (
    <div>
      <dt>{i18n.t('follow.label')}</dt>
      <dd aria-busy={times === null}>
        <bdi>{times === null ? '…' : followText(times)}</bdi>
      </dd>
    </div>
  );
}

/** Bio, figures, and marks first; then everything else that is known. */
function Values({ account, position, opened }: ValuesProps) {
  const { bio, figures, known, empty } = accountOverview(account, position);
  const { website } = account;
  return (
    <>
      {bio !== null && (
        <p className="bio" dir="auto">
          {bio}
        </p>
      )}
      {figures.length > 0 && (
        <dl className="figures">
          {figures.map(({ key, label, value }) => (
            <div key={key}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <Marks account={account} />
      <dl className="values">
        <Followed opened={opened} position={position} />
        {known.map(({ key, label, value }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>
              {key === 'website' && website?.startsWith('https://') === true ? (
                <a href={website} target="_blank" rel="noreferrer noopener nofollow">
                  <bdi>{value}</bdi>
                </a>
              ) : (
                <bdi>{value}</bdi>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <AlsoIn reader={opened.reader} position={position} />
      <CopyButtons account={account} />
      {empty.length > 0 && (
        <details>
          <summary>{i18n.t('account.empty_fields', empty.length, { n: empty.length })}</summary>
          <p className="meta">{empty.join(', ')}</p>
        </details>
      )}
    </>
  );
}

/** What can be seen at a glance: verified, private, and how old the account is. */
function Marks({ account: { verified, private: isPrivate, createdAt } }: Pick<ValuesProps, 'account'>) {
  const now = useNow(3_600_000);
  if (verified !== true && isPrivate !== true && createdAt === null) return null;
  return (
    <ul className="marks">
      {verified === true && (
        <li>
          <Icon name="verified" />
          {i18n.t('list.verified')}
        </li>
      )}
      {isPrivate === true && (
        <li>
          <Icon name="lock" />
          {i18n.t('list.private')}
        </li>
      )}
      {createdAt !== null && <li>{i18n.t('account.age', { age: age(createdAt, now) })}</li>}
    </ul>
  );
}

function CopyButtons({ account: { handle, id } }: Pick<ValuesProps, 'account'>) {
  return (
    <div className="buttons">
      {handle !== null && (
        <span className="copy-pair">
          <span className="label">{i18n.t('account.handle')}</span>
          <CopyText key={`handle-${handle}`} text={handle} label={i18n.t('account.copy_handle')} />
        </span>
      )}
      <span className="copy-pair">
        <span className="label">{i18n.t('account.id')}</span>
        <CopyText key={`id-${id}`} text={id} label={i18n.t('account.copy_id')} />
      </span>
    </div>
  );
}
