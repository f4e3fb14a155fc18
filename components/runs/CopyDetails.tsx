import { useState } from 'react';
import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { nameOfProvider } from './provider.ts';
import { Button } from '../shared/Button.tsx';

/** Copies details for support: error kinds and numbers, never a key. */
export function CopyDetails({ snapshot }: { readonly snapshot: Snapshot }) {
  const [copied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    // Loaded separately: few need it.
    const { detailsText } = await import('../../lib/words/receipt.ts');
    const { version } = browser.runtime.getManifest();
    await navigator.clipboard.writeText(detailsText(snapshot, nameOfProvider(snapshot.provider), version));
    setCopied(true);
  }
  return (
    <Button
      variant="quiet"
      onClick={() => {
        copy().catch(console.error);
      }}
    >
      <span aria-live="polite">{copied ? i18n.t('remedy.copied') : i18n.t('remedy.copy_details')}</span>
    </Button>
  );
}
