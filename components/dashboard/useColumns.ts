import { useMemo, useState } from 'react';
import { i18n } from '#i18n';
import type { SortColumn } from '../../lib/lists/query.ts';
import type { TableSettings } from '../../lib/settings/preferences.ts';
import { count } from '../../lib/words/numbers.ts';
import { columnsOf, USUAL_FIELDS, type Field } from '../lists/fields.ts';
import { chosenWidth, moveColumn, withWidth, type Widths } from './table-columns.ts';

/** The columns of the table, and what can be done with them. Each change is announced and saved. */
export interface Columns {
  readonly fields: readonly Field[];
  readonly widths: Widths;
  /** What was changed last, for screen readers. */
  readonly announcement: string;
  /** Whether a column can move by this many places. */
  readonly canMove: (key: SortColumn, by: number) => boolean;
  readonly move: (key: SortColumn, by: number) => void;
  /** Shows a width while it is dragged, without saving it; `null` ends this. */
  readonly preview: (width: { readonly key: SortColumn; readonly width: number } | null) => void;
  /** `null` restores the default width. */
  readonly resize: (key: SortColumn, width: number | null) => void;
  readonly hide: (key: SortColumn) => void;
}

export function useColumns(settings: TableSettings, onSettings: (settings: TableSettings) => void): Columns {
  const [dragged, setDragged] = useState<{ readonly key: SortColumn; readonly width: number } | null>(null);
  const [announcement, setAnnouncement] = useState('');
  const fields = useMemo(() => columnsOf(settings.columns ?? USUAL_FIELDS), [settings.columns]);
  const keys = useMemo(() => fields.slice(1).map(({ key }): string => key), [fields]);
  const titleOf = (key: SortColumn): string => fields.find((field) => field.key === key)?.title() ?? '';
  const place = (key: SortColumn, by: number): number => keys.indexOf(key) + by;
  const canMove = (key: SortColumn, by: number): boolean =>
    keys.includes(key) && place(key, by) >= 0 && place(key, by) < keys.length;
  return {
    fields,
    widths: dragged === null ? settings.widths : withWidth(settings.widths, dragged.key, dragged.width),
    announcement,
    canMove,
    move: (key, by) => {
      if (by === 0 || !keys.includes(key)) return;
      const columns = moveColumn(keys, key, place(key, by));
      onSettings({ ...settings, columns: [...columns] });
      setAnnouncement(
        i18n.t('columns.moved', {
          column: titleOf(key),
          // With the column of names, which is always the first.
          n: count(columns.indexOf(key) + 2),
          all: count(columns.length + 1),
        }),
      );
    },
    preview: setDragged,
    resize: (key, width) => {
      const widths = withWidth(settings.widths, key, width);
      setDragged(null);
      onSettings({ ...settings, widths });
      const chosen = chosenWidth(key, widths);
      setAnnouncement(
        chosen === null
          ? i18n.t('columns.width_reset', { column: titleOf(key) })
          : i18n.t('columns.width', { column: titleOf(key), n: count(chosen) }),
      );
    },
    hide: (key) => {
      onSettings({ ...settings, columns: keys.filter((one) => one !== key) });
      setAnnouncement(i18n.t('columns.hidden', { column: titleOf(key) }));
    },
  };
}
