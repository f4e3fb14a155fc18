import { i18n } from '#i18n';
import { sectionTitle, SECTIONS } from './sections.ts';
import { useCurrentSection } from './useCurrentSection.ts';

/** Links to the groups of the settings. In a narrow window they are above the settings instead of beside them. */
export function SettingsNav() {
  const current = useCurrentSection();
  return (
    <nav className="settings-nav" aria-label={i18n.t('options.sections')}>
      <ul>
        {SECTIONS.map((id) => (
          <li key={id}>
            <a className="side-link" href={`#${id}`} aria-current={id === current ? 'true' : undefined}>
              {sectionTitle(id)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
