/** Accounts for pictures: people as they might be, whose names, handles, and bios belong together. */
import type { TrueAccount } from './account.ts';
import { EMOJI, PEOPLE } from './people.ts';
import { mix, pick } from './random.ts';

/** People whose names every common font can show. */
const LATIN = PEOPLE.filter(({ lastFirst, first }) => lastFirst !== true && first.every(isLatin));

interface Place {
  readonly index: number;
  readonly seed: number;
  readonly emoji: boolean;
}

function isLatin(text: string): boolean {
  return /^[\p{Script=Latin}' -]+$/u.test(text);
}

/** `Käthe O'Neill` is `kathe` and `oneill`. */
function letters(text: string): string {
  return text
    .normalize('NFD')
    .replace(/ı/g, 'i')
    .replace(/[øØ]/g, 'o')
    .replace(/[łŁ]/g, 'l')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}

function handleOf(first: string, last: string, draw: number): string {
  const [given, family] = [letters(first), letters(last)];
  const number = String(draw % 97).padStart(2, '0');
  switch (draw % 5) {
    case 0:
      return `${given}_${family}`;
    case 1:
      return `${given}${family}${number}`;
    case 2:
      return `${given.slice(0, 1)}${family}_${number}`;
    case 3:
      return `${family}${given}`;
    default:
      return `the_${given}_${number}`;
  }
}

/** The same account with a name, a handle, a bio, and a place that a person might choose. */
export function plausibleAccount(account: TrueAccount, { index, seed, emoji }: Place): TrueAccount {
  const draw = (salt: number): number => mix(mix(seed, index), 40 + salt);
  const person = pick(LATIN, draw(0));
  const [first, last] = [pick(person.first, draw(1)), pick(person.last, draw(2))];
  const decorated = emoji && draw(3) % 7 === 0;
  const bio = draw(4) % 6 === 0 ? '' : pick(person.bios.filter(isPlain), draw(5));
  const handle = handleOf(first, last, draw(6)).slice(0, 15);
  return {
    ...account,
    handle,
    name: `${first} ${last}${decorated ? ` ${pick(EMOJI, draw(7))}` : ''}`,
    bio: emoji && bio !== '' && draw(8) % 5 === 0 ? `${bio} ${pick(EMOJI, draw(9))}` : bio,
    location: draw(10) % 3 === 0 ? null : pick(person.places, draw(11)),
    website: account.website === null ? null : `https://example.org/${handle}`,
    language: person.language,
    region: pick(person.regions, draw(12)),
  };
}

/** Whether a text has no emoji of its own. */
function isPlain(text: string): boolean {
  return !/\p{Extended_Pictographic}/u.test(text);
}
