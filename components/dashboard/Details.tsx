import { i18n } from '#i18n';
import type { Reader } from '../../lib/lists/reader.ts';
import type { Platform } from '../../lib/model.ts';
import { profileUrl } from '../../lib/platforms/index.ts';
import { platformName } from '../../lib/words/names.ts';
import { accountLines } from '../../lib/words/account.ts';
import { useAccounts } from '../hooks/useAccounts.ts';
import { Icon } from '../look/Icon.tsx';
import { Picture } from '../lists/Picture.tsx';

interface DetailsProps {
  readonly reader: Reader;
  /** Changes when rows read before are stale. */
  readonly version: number;
  readonly platform: Platform;
  readonly position: number;
  readonly pictures: boolean;
  readonly onClose: () => void;
}

/** Everything that is known of one account. */
export function Details({ reader, version, platform, position, pictures, onClose }: DetailsProps) {
  const account = useAccounts(reader, [position], version)(position);
  if (account === undefined)
    return <aside className="details" aria-label={i18n.t('account.title')} aria-busy="true" />;
  const { name, handle, website } = account;
  return (
    <aside className="details" aria-label={i18n.t('account.title')}>
      <header className="line">
        <Picture name={name} handle={handle} url={pictures ? account.avatarUrl : null} />
        <div className="grow">
          <h2 className="ellipsis">
            <bdi>{name ?? handle ?? account.id}</bdi>
          </h2>
          {handle !== null && (
            <a href={profileUrl(platform, handle)} target="_blank" rel="noreferrer noopener">
              <bdi>@{handle}</bdi> {i18n.t('popup.on_platform', { platform: platformName(platform) })}
            </a>
          )}
        </div>
        <button
          type="button"
          className="button icon-only"
          aria-label={i18n.t('account.close')}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
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
    </aside>
  );
}
