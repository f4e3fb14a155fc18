import { useState } from 'react';
import { pictureAt } from '../../lib/platforms/pictures.ts';

interface PictureProps {
  readonly name: string | null;
  readonly handle: string | null;
  /** `null` shows initials: pictures are turned off, or there is none. */
  readonly url: string | null;
}

function initials(name: string | null, handle: string | null): string {
  const words = (name ?? '').match(/[\p{L}\p{N}]+/gu) ?? (handle ?? '').match(/[\p{L}\p{N}]+/gu) ?? [];
  const [first, second] = words;
  const letter = (word: string | undefined): string => Array.from(word ?? '')[0] ?? '';
  return `${letter(first)}${letter(second)}`.toLocaleUpperCase();
}

/** An account's picture if pictures are turned on. Signed links expire, so its initials are the fallback. */
export function Picture({ name, handle, url }: PictureProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const known = pictureAt(url);
  const shown = known === broken ? null : known;
  return (
    <span className="picture" aria-hidden="true">
      {shown === null ? (
        initials(name, handle)
      ) : (
        <img
          src={shown}
          alt=""
          loading="lazy"
          referrerPolicy="no-referrer"
          onError={() => {
            setBroken(shown);
          }}
        />
      )}
    </span>
  );
}
