import { useCallback, useState } from 'react';
import type { TableSettings } from '../../lib/settings/preferences.ts';
import { changePreferences, usePreferences } from './usePreferences.ts';

/** The user's table settings; `undefined` until they are read. Changes apply immediately and are saved. */
export function useTableSettings(): readonly [TableSettings | undefined, (settings: TableSettings) => void] {
  const stored = usePreferences()?.table;
  const [chosen, setChosen] = useState<TableSettings>();
  const change = useCallback((next: TableSettings) => {
    setChosen(next);
    changePreferences(() => ({ table: next })).catch(console.error);
  }, []);
  return [chosen ?? stored, change];
}
