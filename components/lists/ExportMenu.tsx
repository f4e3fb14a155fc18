import { Menu, MenuButton, MenuItem, MenuProvider } from '@ariakit/react/menu';
import { useState } from 'react';
import { i18n } from '#i18n';
import { exportList, formats } from '../../lib/export/index.ts';
import type { ExportFormat } from '../../lib/export/format.ts';
import type { SnapshotId } from '../../lib/model.ts';
import { count } from '../../lib/words/numbers.ts';
import { store } from '../hooks/store.ts';
import { Icon } from '../look/Icon.tsx';

export interface ExportMenuProps {
  readonly snapshotId: SnapshotId;
  /** Only these positions; `null` is the whole list. */
  readonly positions: Uint32Array | null;
  /** Whether it is settled what the file will have: not while a search goes on, nor when nothing was found. */
  readonly ready: boolean;
  /** How many accounts the file will have. */
  readonly rows: number;
  readonly startOpen: boolean;
  /** Told of how the export goes, in words; `null` when there is nothing to say. */
  readonly onSaid: (words: string | null) => void;
}

/** The formats, and what writes them. */
export default function ExportMenu({
  snapshotId,
  positions,
  rows,
  ready,
  startOpen,
  onSaid,
}: ExportMenuProps) {
  const [writing, setWriting] = useState<AbortController | null>(null);

  async function write(format: ExportFormat): Promise<void> {
    const ending = new AbortController();
    setWriting(ending);
    onSaid(i18n.t('export.writing', { n: 0 }));
    let told = 0;
    try {
      const done = await exportList({
        store,
        snapshotId,
        format,
        ...(positions === null ? {} : { positions }),
        signal: ending.signal,
        onProgress: (written) => {
          if (Date.now() - told < 1000) return;
          told = Date.now();
          onSaid(i18n.t('export.writing', { n: Math.floor((100 * written) / Math.max(1, rows)) }));
        },
      });
      const saved = i18n.t('export.done', done.rows, { n: count(done.rows), file: done.fileName });
      const guarded =
        done.guarded === 0 ? '' : ` ${i18n.t('export.guarded', done.guarded, { n: count(done.guarded) })}`;
      onSaid(saved + guarded);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      onSaid(ending.signal.aborted ? null : i18n.t('export.failed', { why }));
    } finally {
      setWriting(null);
    }
  }

  if (writing !== null) {
    return (
      <button
        type="button"
        className="button"
        onClick={() => {
          writing.abort();
        }}
      >
        {i18n.t('export.cancel')}
      </button>
    );
  }
  return (
    <MenuProvider defaultOpen={startOpen} placement="bottom-end">
      <MenuButton className="button" disabled={!ready}>
        {i18n.t('export.button')}
        <Icon name="down" />
      </MenuButton>
      <Menu className="menu" gutter={4} aria-label={i18n.t('export.menu')} unmountOnHide>
        {formats.map((format) => (
          <MenuItem
            key={format.id}
            className="menu-item"
            onClick={() => {
              void write(format);
            }}
          >
            {format.name}
          </MenuItem>
        ))}
        <p className="menu-note meta">{i18n.t('export.ids_hint')}</p>
      </Menu>
    </MenuProvider>
  );
}
