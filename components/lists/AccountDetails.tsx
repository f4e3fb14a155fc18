import { useEffect, useRef } from 'react';
import { i18n } from '#i18n';
import type { ListedAccount } from '../../lib/lists/rows.ts';
import { isSample, type Snapshot } from '../../lib/model/snapshot.ts';
import { profileUrl } from '../../lib/platforms/index.ts';
import { accountLines, accountName, missingRemark } from '../../lib/words/account.ts';
import { platformName } from '../../lib/words/names.ts';
import { useAccounts } from '../hooks/useAccounts.ts';
import type { OpenedReader } from '../hooks/useReader.ts';
import { detailStep } from './detail-keys.ts';
import { Picture } from './Picture.tsx';
import { SampleMark } from './SampleMark.tsx';
import { CopyText } from './SelectionBar.tsx';
import { IconButton } from '../shared/Button.tsx';

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
  return (
    <aside
      ref={panel}
      className="details"
      aria-label={i18n.t('account.title')}
      aria-busy={account === undefined}
      tabIndex={-1}
      onKeyDown={(event) => {
        const by = detailStep(event, getComputedStyle(event.currentTarget).direction === 'rtl');
        if (by === null && event.key !== 'Escape') return;
        event.preventDefault();
        if (by !== null) {
          onStep(by);
          return;
        }
        event.stopPropagation();
        onClose();
      }}
    >
      <header className="line">
        <Picture
          name={account?.name ?? null}
          handle={account?.handle ?? null}
          url={pictures ? (account?.avatarUrl ?? null) : null}
        />
        <Identity account={account} snapshot={snapshot} />
        <IconButton icon="close" label={i18n.t('account.close')} onClick={onClose} />
      </header>
      {account !== undefined && (
        <>
          <CopyButtons account={account} />
          <Values account={account} position={position} />
        </>
      )}
    </aside>
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

function CopyButtons({ account: { handle, id } }: { readonly account: ListedAccount }) {
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

function Values({ account, position }: { readonly account: ListedAccount; readonly position: number }) {
  const { website } = account;
  return (
    <dl>
      {accountLines(account, position).map(({ key, label, value }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd className={key === 'bio' ? 'bio' : undefined}>
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
  );
}
