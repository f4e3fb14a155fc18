/** The accounts of the sample list, generated from a seed and therefore the same for every user. */
import { unknownAccount, type Account } from '../model/account.ts';
import { accountIdSchema } from '../model/ids.ts';
import { DECORATIONS, LANGUAGES, SUBJECTS } from './phrases.ts';
import { chance, type Chance } from './random.ts';

const SEED = 20_261_121;
/** X has not assigned IDs near this one. Like X's own, they fit into 64 bits. */
const FIRST_ID = 9_000_000_000_000_000_000n;
const FIRST_DAY = Date.UTC(2008, 2, 1);
const LAST_DAY = Date.UTC(2026, 9, 31);
const DAY = 86_400_000;

/** Few accounts have many followers: about half have fewer than 300, and one in a thousand more than a million. */
function followersOf(random: Chance): number {
  return Math.floor(300 * Math.exp(2.6 * gauss(random)));
}

/** An approximately normal distribution: the sum of uniform random numbers. */
function gauss(random: Chance): number {
  let sum = 0;
  for (let turn = 0; turn < 6; turn += 1) sum += random.next();
  return (sum - 3) * Math.SQRT2;
}

function sampleAccount(index: number, random: Chance): Account {
  const language = random.percent(30) ? LANGUAGES[0] : random.one(LANGUAGES);
  const given = random.one(language.given);
  const plain = `${given} ${language.surname}`;
  const decorated = random.percent(12) ? `${plain} ${random.one(DECORATIONS)}` : plain;
  const long = random.percent(1) ? `${decorated} `.repeat(6).trim() : decorated;
  const number = (index + 1).toString().padStart(4, '0');
  const id = accountIdSchema.parse((FIRST_ID - BigInt(index) * 7_919n).toString());
  // X doesn't allow dots in handles, so none of these can belong to a real account.
  const handle = `sample.${number}`;
  if (random.percent(0.5)) return { ...unknownAccount(id), unavailable: true };
  const bio = language.code === 'en' ? `${language.bio} ${random.one(SUBJECTS)}.` : language.bio;
  const followers = followersOf(random);
  const verified = random.percent(followers > 50_000 ? 60 : 4);
  return {
    ...unknownAccount(id),
    handle,
    name: random.percent(1) ? '' : long,
    bio: random.percent(20) ? '' : random.percent(1) ? `${bio} `.repeat(12).trim() : bio,
    location: random.percent(40) ? null : language.place,
    website: random.percent(25) ? `https://example.org/${language.code}/${number}` : null,
    followers,
    following: Math.floor(followersOf(random) / 2) + random.between(0, 40),
    posts: random.between(0, 9) * followersOf(random),
    listed: Math.floor(followers / random.between(80, 400)),
    verified,
    verifiedType: verified ? random.one(['blue', 'blue', 'business', 'government']) : null,
    private: random.percent(9),
    createdAt: FIRST_DAY + random.between(0, (LAST_DAY - FIRST_DAY) / DAY) * DAY + random.between(0, DAY - 1),
    language: language.code,
    unavailable: false,
  };
}

/** @returns `count` fictional accounts, newest follower first */
export function sampleAccounts(count: number): Account[] {
  const random = chance(SEED);
  return Array.from({ length: count }, (_, index) => sampleAccount(index, random));
}
