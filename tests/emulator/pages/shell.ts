/** The HTML that both sites start from. The site's script renders everything visible. */
import type { Platform } from '../platforms.ts';
import type { SiteProfile } from './profile.ts';

export interface ShellOptions {
  readonly site: Platform;
  readonly theme: string;
  readonly viewer: string;
  readonly profile: SiteProfile | null;
  readonly schema: Record<string, unknown> | null;
  readonly others: readonly { readonly handle: string; readonly name: string }[];
}

/** JSON that is safe inside a script element. */
function embedded(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

export function shell(options: ShellOptions): string {
  const { site, theme, schema, ...data } = options;
  const name = site === 'x' ? 'X' : 'TikTok';
  const jsonLd =
    schema === null
      ? ''
      : `<script type="application/ld+json" data-testid="UserProfileSchema-test">${embedded(schema)}</script>`;
  return `<!doctype html>
<html lang="en" dir="ltr" data-theme="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name}</title>
<link rel="stylesheet" href="/assets/app.css">
<link rel="stylesheet" href="/assets/${site}.css">
${jsonLd}
</head>
<body>
<div id="app"></div>
<script type="application/json" id="data">${embedded(data)}</script>
<script src="/assets/app.js"></script>
<script src="/assets/${site}.js"></script>
</body>
</html>
`;
}
