/** Why an entered base URL is invalid, for an error message; `null` if it is valid. */
export type BaseUrlError = 'broken' | 'insecure' | 'extra' | null;

const LOOPBACK = new Set(['localhost', '127.0.0.1']);

export function baseUrlError(text: string): BaseUrlError {
  const clean = text.trim();
  if (!URL.canParse(clean)) return 'broken';
  const url = new URL(clean);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'broken';
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname)) return 'insecure';
  return url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '' ? 'extra' : null;
}
