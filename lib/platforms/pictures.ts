/** Where the platforms keep their pictures. A provider's answer cannot have one loaded from anywhere else. */

/** Host names, `*.` standing for any host below. The policy of the extension's pages is made of them too. */
export const PICTURE_HOSTS: readonly string[] = [
  'pbs.twimg.com',
  'abs.twimg.com',
  '*.tiktokcdn.com',
  '*.tiktokcdn-eu.com',
  '*.tiktokcdn-us.com',
];

function isPictureHost(host: string): boolean {
  return PICTURE_HOSTS.some((known) =>
    known.startsWith('*.') ? host.endsWith(known.slice(1)) : host === known,
  );
}

/** The address where it is a picture at a platform's own host, else `null`: who keeps it elsewhere may be watching. */
export function pictureAt(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  const isPlain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
  return isPlain && isPictureHost(url.hostname) ? url.href : null;
}
