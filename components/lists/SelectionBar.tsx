import { useState } from 'react';
import { i18n } from '#i18n';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { count } from '../../lib/words/numbers.ts';
import { Button } from '../shared/Button.tsx';
import { ExportButton } from './ExportButton.tsx';
import type { ListState } from './useListState.ts';

interface SelectionBarProps {
  readonly snapshot: Snapshot;
  readonly state: ListState;
}

/** Actions for the selected accounts, below them. */
export function SelectionBar({ snapshot, state }: SelectionBarProps) {
  const { rowSelection, copy, selected, query, scroller } = state;
  const { size } = rowSelection.selection;
  return (
    <div role="group" aria-label={i18n.t('list.selection')} className="selection-bar">
      <span aria-live="polite">{i18n.t('list.selected', size, { n: count(size) })}</span>
      <Button size="small" onClick={copy}>
        {i18n.t('list.copy')}
      </Button>
      <ExportButton
        size="small"
        label={i18n.t('export.selected')}
        snapshot={snapshot}
        shown={null}
        selection={{ count: size, positions: selected }}
        query={query}
        ready
      />
      <Button
        size="small"
        variant="quiet"
        aria-label={i18n.t('list.clear_selection')}
        onClick={() => {
          rowSelection.clear();
          scroller.current?.focus();
        }}
      >
        {i18n.t('list.clear')}
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
