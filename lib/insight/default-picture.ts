/** Whether a profile picture is the platform's own placeholder, as its address states. Pure. */

/** X serves its placeholder from addresses with this path, for as long as there are stored answers of its API. */
const X_DEFAULT = /\/(?:sticky\/)?default_profile_images\//;
const X_HOST = /^https?:\/\/(?:[\w-]+\.)*twimg\.com\//;

/**
 * `null` is unknown: there is no address, or it isn't one of X's. TikTok's placeholder has an address like any other
 * picture.
 */
export function isDefaultPicture(avatarUrl: string | null): boolean | null {
  if (avatarUrl === null || !X_HOST.test(avatarUrl)) return null;
  return X_DEFAULT.test(avatarUrl);
}
