import { useCallback, useEffect, useRef, useState } from 'react';
import { browser } from 'wxt/browser';
import { z } from '../../lib/zod.ts';

const KEY = 'collapsed-groups';
const storedSchema = z.array(z.string());

const NONE: ReadonlySet<string> = new Set();

export interface CollapsedGroups {
  /** `undefined` until they are read. */
  readonly collapsed: ReadonlySet<string> | undefined;
  readonly collapse: (key: string, isCollapsed: boolean) => void;
}

/** The groups of lists that the user collapsed, remembered until the browser is closed. */
export function useCollapsedGroups(): CollapsedGroups {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string> | undefined>();
  const current = useRef(NONE);
  useEffect(() => {
    browser.storage.session
      .get(KEY)
      .then((stored: Record<string, unknown>) => storedSchema.safeParse(stored[KEY]))
      .then((read) => {
        current.current = new Set(read.success ? read.data : []);
        setCollapsed(current.current);
      })
      .catch((error: unknown) => {
        console.error(error);
        setCollapsed(current.current);
      });
  }, []);
  const collapse = useCallback((key: string, isCollapsed: boolean) => {
    if (current.current.has(key) === isCollapsed) return;
    const others = Array.from(current.current).filter((one) => one !== key);
    current.current = new Set(isCollapsed ? [...others, key] : others);
    setCollapsed(current.current);
    browser.storage.session.set({ [KEY]: Array.from(current.current) }).catch(console.error);
  }, []);
  return { collapsed, collapse };
}
