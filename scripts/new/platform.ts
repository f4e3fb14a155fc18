import { camelCase, titleOf } from './names.ts';
import type { Skeleton } from './skeletons.ts';

const code = (name: string, title: string): string => `
/** ${title}. Rules from ${title}'s own pages in TODO: year. */
import type { Handle } from '../model/profile.ts';
import type { PlatformDefinition } from './definition.ts';
import { AT, segmentsOf } from './links.ts';

/** TODO: the characters and the length of a handle. */
const HANDLE = /^[A-Za-z0-9_]{1,30}$/;

/** TODO: the address of a profile page, and of nothing else. */
const PATH = /^\\/@([^/]+)\\/?$/;

function isHandle(text: string): text is Handle {
  return HANDLE.test(text);
}

export const ${camelCase(name)}: PlatformDefinition = {
  id: '${camelCase(name)}',
  name: '${title}',
  // TODO: every host that serves profile pages.
  hosts: ['${name}.example'],
  // TODO: every host that serves pictures.
  pictureHosts: ['pictures.${name}.example'],
  radius: 8,
  // TODO: where it usually stops listing a profile's followers.
  usuallyServes: null,
  // TODO: where the button goes, best first.
  anchors: [{ selector: '[data-profile] h1', notWithin: null, side: 'after' }],
  isHandle,
  handleInPath(path) {
    const [, handle = ''] = PATH.exec(path) ?? [];
    return isHandle(handle) ? handle : null;
  },
  handleInLink({ pathname }) {
    const handle = segmentsOf(pathname)[0]?.replace(AT, '') ?? '';
    return isHandle(handle) ? handle : null;
  },
  profileUrl: (handle) => \`https://${name}.example/@\${encodeURIComponent(handle.toWellFormed())}\`,
  // TODO: a selector of what only profile pages contain, unless the address alone is enough.
  proof: () => null,
  // TODO: where the page describes the profile as data, if it does.
  schemaSelector: null,
  idMark: null,
};
`;

const test = (name: string, title: string): string => `
import { expect, test } from 'vitest';
import { readHandleOrLink } from '../../../lib/platforms/field.ts';
import { platform, profileUrl, readUrl } from '../../../lib/platforms/index.ts';

const HOME = 'https://${name}.example';

test.each([
  ['/@ada', 'ada'],
  ['/@ada/', 'ada'],
  // TODO: every form of a profile's address, and every address that only looks like one.
  ['/', null],
  ['/about', null],
])('${title}: the page %s belongs to %s', (path, handle) => {
  expect(readUrl(new URL(path, HOME))?.handle ?? null).toBe(handle);
});

test('${title}: a pasted link, and the address of a profile', () => {
  expect(readHandleOrLink(\`\${HOME}/@ada\`, 'x')).toEqual({ platform: '${camelCase(name)}', handle: 'ada' });
  expect(profileUrl('${camelCase(name)}', 'ada')).toBe(\`\${HOME}/@ada\`);
  expect(platform('${camelCase(name)}').hosts.length).toBeGreaterThan(0);
});
`;

/** A new platform, with a placeholder address until it is changed. */
export function platformSkeleton(name: string): Skeleton {
  const id = camelCase(name);
  return {
    files: [
      { path: `lib/platforms/${name}.ts`, text: code(name, titleOf(name)) },
      { path: `tests/unit/platforms/${name}.test.ts`, text: test(name, titleOf(name)) },
    ],
    remaining: [
      `lib/model/platform.ts: add '${id}' to platformSchema. From here on, \`npm test -- types\` lists what is missing:`,
      `lib/platforms/index.ts: import { ${id} } from './${name}.ts'; and add it to PLATFORMS.`,
      `lib/model/handles.ts: whether addresses can contain only an ID (HAS_ID_ADDRESSES).`,
      `lib/words/names.ts and locales/en.yml: the name (platform.${id}) and what users should know (HINTS).`,
      `lib/providers/: in the \`platforms\` of each adapter, its support for ${id}, or null.`,
      `lib/platforms/${name}.ts: the TODOs.`,
      `tests/structure/manifest.test.ts: the hosts, which the user grants when installing.`,
      `tests/emulator/: profile pages, for tests in the browser.`,
    ],
    guide: 'docs/extending.md#a-platform',
  };
}
