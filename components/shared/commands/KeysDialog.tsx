import { Dialog, DialogDismiss, DialogHeading } from '@ariakit/react/dialog';
import { i18n } from '#i18n';
import { buttonClass } from '../Button.tsx';
import { useEntries, type Entry } from './registry.ts';
import '../../styles/commands.css';

function keysOf(entry: Entry): readonly string[] {
  if (entry.kind === 'key') return entry.keys;
  return entry.key === undefined ? [] : [entry.key];
}

/** All keys that work on this page, from the registry of its commands. */
export default function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const rows = useEntries().filter((entry) => keysOf(entry).length > 0);
  return (
    <Dialog open onClose={onClose} className="palette keys-dialog" backdrop={<div className="backdrop" />}>
      <header className="line">
        <DialogHeading className="grow">{i18n.t('command.keys')}</DialogHeading>
        <DialogDismiss className={buttonClass({ size: 'small' })}>{i18n.t('command.dismiss')}</DialogDismiss>
      </header>
      <dl tabIndex={0} aria-label={i18n.t('command.keys')}>
        {rows.map((entry) => (
          <div key={entry.id}>
            <dt>{entry.title}</dt>
            <dd>
              {keysOf(entry).map((key, index) => (
                <span key={key}>
                  {index > 0 && <span className="meta"> {i18n.t('command.or')} </span>}
                  <kbd>{key}</kbd>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
