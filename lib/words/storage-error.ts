/** Messages for errors of the storage as a whole, with a remedy. */
import type { StorageError } from '../model/error.ts';
import { i18n } from '#i18n';

export function storageMessage(error: StorageError): string {
  switch (error) {
    case 'full':
      return i18n.t('storage.full');
    case 'older-tab':
      return i18n.t('storage.older_tab');
    case 'outdated':
      return i18n.t('storage.outdated');
    case 'newer':
      return i18n.t('storage.newer');
    case 'upgrade':
      return i18n.t('storage.upgrade');
    case 'closed':
      return i18n.t('storage.closed');
    case 'broken':
      return i18n.t('storage.broken');
  }
}
