import { useId } from 'react';
import { i18n } from '#i18n';
import type { ExportedFile } from '../../../lib/model/snapshot.ts';
import { accountsText } from '../../../lib/words/lists.ts';
import { bytesText } from '../../../lib/words/sizes.ts';
import { localAndUtc } from '../../../lib/words/times.ts';
import { CopyText } from '../../lists/SelectionBar.tsx';

/** The files that were exported from the list, each with the digest that identifies it. */
export function ExportedFiles({ files }: { readonly files: readonly ExportedFile[] }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="exported-files">
      <h3 id={id}>{i18n.t('receipt.files')}</h3>
      {files.length === 0 ? (
        <p className="meta">{i18n.t('receipt.no_files')}</p>
      ) : (
        <ul>
          {files.map(({ name, rows, bytes, sha256, writtenAt }) => (
            <li key={sha256}>
              <p className="file-name">
                <bdi>{name}</bdi>
              </p>
              <p className="meta">
                {[accountsText(rows), bytesText(bytes), localAndUtc(writtenAt)].join(' · ')}
              </p>
              <p className="meta digest">
                <span>{i18n.t('receipt.sha256')}</span> <code>{sha256}</code>{' '}
                <CopyText text={sha256} label={i18n.t('receipt.copy_sha256', { file: name })} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
