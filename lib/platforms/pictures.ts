/** Which pictures may be loaded: a provider's response cannot have one loaded from any other host. */
import { pictureHosts } from './index.ts';

function isPictureHost(host: string): boolean {
  return pictureHosts.some((known) =>
    known.startsWith('*.') ? host.endsWith(known.slice(1)) : host === known,
  );
}

/** The address if it is a picture at a platform's own host, else `null`: another host could track who looks at it. */
export function pictureAt(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  const isPlain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
  return isPlain && isPictureHost(url.hostname) ? url.href : null;
}
