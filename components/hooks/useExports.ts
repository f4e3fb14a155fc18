import { useEffect, useState } from 'react';
import type { ExportView } from '../../lib/export/jobs/job.ts';
import { readExports, watchExports } from '../../lib/export/jobs/job-states.ts';

/** The state of all exports, oldest first, kept current. */
export function useExports(): readonly ExportView[] {
  const [views, setViews] = useState<readonly ExportView[]>([]);
  useEffect(() => {
    let stale = false;
    const stop = watchExports((changed) => {
      stale = true;
      setViews(changed);
    });
    readExports()
      .then((read) => {
        if (!stale) setViews(read);
      })
      .catch(console.error);
    return () => {
      stale = true;
      stop();
    };
  }, []);
  return views;
}
