import { useEffect, useState } from 'react';
import { hasHostPermission } from '../../lib/permissions/hosts.ts';
import { watchPermissions } from '../../lib/permissions/notifications.ts';

/**
 * Whether the extension has permission to access the host of a saved key, kept current. `undefined` until the browser
 * responds, or if no key is saved.
 */
export function useHostPermission(baseUrl: string | null): boolean | undefined {
  const [known, setKnown] = useState<{ readonly baseUrl: string; readonly may: boolean }>();
  useEffect(() => {
    if (baseUrl === null) return undefined;
    let isCancelled = false;
    const look = (): void => {
      hasHostPermission(baseUrl)
        .then((may) => {
          if (!isCancelled) setKnown({ baseUrl, may });
        })
        .catch(console.error);
    };
    look();
    const end = watchPermissions(look);
    return () => {
      isCancelled = true;
      end();
    };
  }, [baseUrl]);
  return known?.baseUrl === baseUrl ? known.may : undefined;
}
