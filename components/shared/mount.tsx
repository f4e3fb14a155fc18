import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { ExportToast } from './ExportToast.tsx';
import { MessageToast } from './MessageToast.tsx';
import { StorageGate } from './StorageGate.tsx';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/lists.css';
import '../styles/storage.css';
import '../styles/exports.css';
import '../styles/toasts.css';
import '../styles/forced-colors.css';

/** Draws a page of ours into its `#root`. */
export function mount(page: ReactNode): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no root element.');
  createRoot(root).render(
    <StrictMode>
      <StorageGate>{page}</StorageGate>
      <ExportToast />
      <MessageToast />
    </StrictMode>,
  );
}
