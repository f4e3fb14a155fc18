import type { Platform } from '../../lib/model/platform.ts';
import { platformName, type Tone } from '../../lib/words/names.ts';

const PATHS = {
  back: 'M10 3 5 8l5 5',
  settings:
    'M2 5h6.5M12 5h2M2 11h2M7.5 11H14M10.25 6.75a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5ZM5.75 12.75a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5Z',
  window: 'M2 3.5h12v9H2zM2 6h12M6 6v6.5',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5 14 14',
  done: 'M3 8.5 6.5 12 13 4.5',
  partial: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 2v12M8 8h6',
  waiting: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 5v3l2 1.5',
  error: 'M8 2 14.5 13.5h-13zM8 6.5v3M8 11.5v.2',
  busy: 'M8 2v7M4.5 6 8 9.5 11.5 6M3 13.5h10',
  close: 'M4 4l8 8M12 4l-8 8',
  down: 'M4 6l4 4 4-4',
  up: 'M4 10l4-4 4 4',
  out: 'M9 2.5h4.5V7M13.5 2.5 7.5 8.5M11.5 9.5v4h-9v-9h4',
  verified: 'M5.5 8.2 7.3 10l3.2-3.8M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4Z',
  filter: 'M2 4h12M4.5 8h7M7 12h2',
  columns: 'M2 3h12v10H2zM6.5 3v10M10.5 3v10',
  more: 'M2.6 8a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0M7.3 8a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0M12 8a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0',
  add: 'M8 3.5v9M3.5 8h9',
  edit: 'M3 13l.7-2.9L10.6 3.2l2.2 2.2L5.9 12.3zM9.3 4.5l2.2 2.2',
  density: 'M2 3h12M2 6.3h12M2 9.7h12M2 13h12',
  forward: 'M6 4l4 4-4 4',
  x: 'M2.5 2.5h3l8 11h-3zM13 2.5 8.9 7M7.2 9 3 13.5',
  tiktok: 'M9 2v8.5A2.75 2.75 0 1 1 6.25 7.8M9 2c.2 2.3 1.7 3.8 4 4',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon beside text with the same meaning; hidden from assistive technology. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The icon beside a state's text. */
export function ToneIcon({ tone }: { readonly tone: Tone }) {
  return <Icon name={tone} />;
}

/** The icon of a platform, named for screen readers. Every platform has an icon of its name. */
export function PlatformIcon({ platform }: { readonly platform: Platform }) {
  return (
    <span className="platform-icon" title={platformName(platform)}>
      <Icon name={platform} />
      <span className="visually-hidden">{platformName(platform)}</span>
    </span>
  );
}

/** The logo: three lines of a list, one checked. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d="M10 6h10M10 12h10M10 18h10M4 6h2M4 18h2" />
      <path d="m2.8 12 1.7 1.8L7.6 10" className="mark-tick" />
    </svg>
  );
}
