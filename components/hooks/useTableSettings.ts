import { useCallback, useEffect, useState } from 'react';
import { readTableSettings, writeTableSettings, type TableSettings } from '../../lib/settings/table.ts';

/** How the user wants the table; `undefined` until it is read. A change holds at once and is kept. */
export function useTableSettings(): readonly [TableSettings | undefined, (settings: TableSettings) => void] {
  const [settings, setSettings] = useState<TableSettings>();
  useEffect(() => {
    readTableSettings().then(setSettings, console.error);
  }, []);
  const change = useCallback((next: TableSettings) => {
    setSettings(next);
    writeTableSettings(next).catch(console.error);
  }, []);
  return [settings, change];
}
