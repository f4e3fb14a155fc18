import { i18n } from '#i18n';

/** The groups of the settings, in order. The ID is the group's address: `options.html#spending`. */
export const SECTIONS = ['providers', 'spending', 'pages', 'notifications', 'privacy', 'data'] as const;

export type SectionId = (typeof SECTIONS)[number];

export function sectionTitle(id: SectionId): string {
  switch (id) {
    case 'providers':
      return i18n.t('options.providers');
    case 'spending':
      return i18n.t('options.spending');
    case 'pages':
      return i18n.t('options.pages');
    case 'notifications':
      return i18n.t('options.notify');
    case 'privacy':
      return i18n.t('options.privacy');
    case 'data':
      return i18n.t('options.data');
  }
}
