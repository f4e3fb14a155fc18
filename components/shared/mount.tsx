import { lazy, StrictMode, Suspense, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { MessageToast } from './MessageToast.tsx';
import { SkipLink } from './SkipLink.tsx';
import { StorageGate } from './StorageGate.tsx';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/lists.css';
import '../styles/storage.css';
import '../styles/toasts.css';
import '../styles/forced-colors.css';

// Loaded separately, without delaying the page. Its live regions are on the page before it reads any export.
const ExportToast = lazy(() => import('./ExportToast.tsx'));

/** Renders an extension page into its `#root`. */
export function mount(page: ReactNode): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no root element.');
  createRoot(root).render(
    <StrictMode>
      <SkipLink />
      <StorageGate>{page}</StorageGate>
      <Suspense fallback={null}>
        <ExportToast />
      </Suspense>
      <MessageToast />
    </StrictMode>,
  );
}
