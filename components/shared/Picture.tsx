import { useState } from 'react';
import { pictureAt } from '../../lib/platforms/pictures.ts';

/** How many colors there are behind initials: see `tokens.css`. */
const COLORS = 12;

interface PictureProps {
  /** Chooses the color behind the initials, so that an account has the same one everywhere. */
  readonly id: string;
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

function colorOf(id: string): number {
  return (
    Array.from(id).reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 7) % COLORS
  );
}

/** An account's picture if pictures are turned on. Signed links expire, so its initials are the fallback. */
export function Picture({ id, name, handle, url }: PictureProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const known = pictureAt(url);
  const shown = known === broken ? null : known;
  return (
    <span
      className="picture"
      aria-hidden="true"
      style={shown === null ? { backgroundColor: `var(--initials-${String(colorOf(id))})` } : undefined}
    >
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
