import { i18n } from '#i18n';
import type { Account } from '../../lib/model/account.ts';
import { Icon } from '../shared/Icon.tsx';

/** Labeled icons for verified and private accounts. */
export function AccountMarks({ account }: { readonly account: Account }) {
  return (
    <>
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
    </>
  );
}
