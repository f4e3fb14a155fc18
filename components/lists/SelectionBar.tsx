import { useState } from 'react';
import { i18n } from '#i18n';
import type { Reader } from '../../lib/lists/reader.ts';
import { count } from '../../lib/words/numbers.ts';
import type { Field } from './fields.ts';
import { MOST_COPIED, tabSeparated } from './copy.ts';
import { Button } from '../shared/Button.tsx';

/**
 * Copies accounts to the clipboard.
 * @returns the result, as a sentence
 */
export async function copyAccounts(
  reader: Reader,
  positions: Uint32Array,
  fields: readonly Pick<Field, 'key'>[],
): Promise<string> {
  const some = positions.subarray(0, MOST_COPIED);
  const accounts = await reader.rows(some);
  await navigator.clipboard.writeText(tabSeparated(accounts, fields));
  const copied = i18n.t('list.copied', accounts.length, { n: count(accounts.length) });
  return positions.length > some.length ? `${copied} ${i18n.t('list.copied_most')}` : copied;
}

interface SelectionBarProps {
  readonly selected: number;
  readonly onCopy: () => void;
  readonly onClear: () => void;
}

/** Actions for the selected accounts. Exporting them is in the export menu. */
export function SelectionBar({ selected, onCopy, onClear }: SelectionBarProps) {
  return (
    <div role="group" aria-label={i18n.t('list.selection')} className="selection-bar">
      <span>{i18n.t('list.selected', selected, { n: count(selected) })}</span>
      <Button size="small" onClick={onCopy}>
        {i18n.t('list.copy')}
      </Button>
      <Button size="small" variant="quiet" onClick={onClear}>
        {i18n.t('list.clear_selection')}
      </Button>
    </div>
  );
}

/** A button that copies a text and confirms it. */
export function CopyText({ text, label }: { readonly text: string; readonly label: string }) {
  const [copyResult, setCopyResult] = useState<string | null>(null);
  return (
    <Button
      size="small"
      variant="quiet"
      aria-label={copyResult ?? label}
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => {
            setCopyResult(i18n.t('remedy.copied'));
          },
          () => {
            setCopyResult(i18n.t('list.copy_failed'));
          },
        );
      }}
    >
      <span aria-live="polite">{copyResult ?? i18n.t('list.copy')}</span>
    </Button>
  );
}
