import { lazy, Suspense } from 'react';
import { useFoundPreferences } from '../hooks/usePreferences.ts';

// Loaded only if a setting cannot be read.
const Notice = lazy(() => import('./UnreadableSettingsNotice.tsx'));

/** Shows which settings cannot be read, and offers to reset them; renders nothing if all can. */
export function UnreadableSettings() {
  const unreadable = useFoundPreferences()?.unreadable ?? [];
  if (unreadable.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <Notice unreadable={unreadable} />
    </Suspense>
  );
}
