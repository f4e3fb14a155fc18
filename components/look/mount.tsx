import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { ExportToast } from '../lists/ExportToast.tsx';
import { MessageToast } from './MessageToast.tsx';
import { StorageGate } from './StorageGate.tsx';
import './tokens.css';
import './base.css';
import './controls.css';
import './lists.css';
import './storage.css';
import './exports.css';
import './toasts.css';
import './forced-colors.css';

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
