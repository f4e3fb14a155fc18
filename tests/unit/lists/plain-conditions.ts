/** A second, deliberately simple implementation of conditions: over accounts in an array, one at a time. */
import { foldText } from '../../../lib/lists/fold.ts';
import type { Condition, RuleSetting } from '../../../lib/lists/conditions.ts';
import type { PlainBracket } from './plain-follow-times.ts';
import type { Account } from '../../../lib/model/account.ts';

const DAY = 86_400_000;

/** Whether something is true, and `null` if it is unknown. */
type Observed = boolean | null;

export interface PlainList {
  readonly accounts: readonly Account[];
  readonly collectedAt: number;
  /** When each account followed, in the order of the list; those that are missing are unknown. */
  readonly brackets: readonly PlainBracket[];
}

function isIn(value: number | null, from: number | null, to: number | null): boolean {
  return value !== null && value >= (from ?? -Infinity) && value <= (to ?? Infinity);
}

/** Whether an account has a bio or website; an omitted one means that there is none if the list has any. */
export function has(text: string | null, account: Account, isInUse: boolean): Observed {
  if (text !== null) return text.trim() !== '';
  return isInUse && account.handle !== null ? false : null;
}

function uses({ accounts }: PlainList, field: 'bio' | 'website'): boolean {
  return accounts.some((account) => (account[field] ?? '').trim() !== '');
}

const SCRIPTS: Readonly<Record<string, RegExp>> = {
  latin: /\p{Script=Latin}/gu,
  cyrillic: /\p{Script=Cyrillic}/gu,
  greek: /\p{Script=Greek}/gu,
  arabic: /\p{Script=Arabic}/gu,
  hebrew: /\p{Script=Hebrew}/gu,
  devanagari: /\p{Script=Devanagari}/gu,
  bengali: /\p{Script=Bengali}/gu,
  tamil: /\p{Script=Tamil}/gu,
  thai: /\p{Script=Thai}/gu,
  hangul: /\p{Script=Hangul}/gu,
};

function plainScript({ name, bio }: Account): string | null {
  const text = `${name ?? ''} ${bio ?? ''}`;
  const countOf = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const kana = countOf(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const han = countOf(/\p{Script=Han}/gu);
  const found = [
    ...Object.entries(SCRIPTS).map(([script, pattern]) => [script, countOf(pattern)] as const),
    [kana > 0 ? 'kana' : 'han', kana + han] as const,
  ];
  const most = Math.max(...found.map(([, count]) => count));
  return most === 0 ? null : (found.find(([, count]) => count === most)?.[0] ?? null);
}

function plainShape(handle: string): string {
  const digits = /[0-9]*$/.exec(handle)?.[0].length ?? 0;
  if (digits === handle.length) return 'digits';
  if (digits >= 5) return 'manyDigits';
  if (digits > 0) return 'fewDigits';
  return /[0-9]/.test(handle) ? 'digitsInside' : /[_.]/.test(handle) ? 'separators' : 'letters';
}

function defaultPicture({ avatarUrl }: Account): Observed {
  if (avatarUrl === null || !new URL(avatarUrl).hostname.endsWith('twimg.com')) return null;
  return avatarUrl.includes('default_profile_images');
}

function hasTerm(bio: string, term: string): boolean {
  const rest = bio.replace(/https?:\/\/\S+/g, ' ');
  if (!/\p{L}/u.test(term)) return bio.includes(term);
  const tokens = foldText(rest).split(/[^\p{L}\p{M}\p{N}_#@]+|(?=[#@])/u);
  return tokens.includes(term);
}

function ruleHolds(list: PlainList, account: Account, { rule, n }: RuleSetting): Observed {
  const { posts, followers, following, createdAt, handle } = account;
  const bio = has(account.bio, account, uses(list, 'bio'));
  const website = has(account.website, account, uses(list, 'website'));
  switch (rule) {
    case 'neverPosted':
      return posts === null ? null : posts === 0;
    case 'pictureAndBio': {
      const picture = defaultPicture(account);
      return picture === false || bio === true ? false : picture === null || bio === null ? null : true;
    }
    case 'emptyProfile':
      if (foldText(account.location ?? '') !== '' || bio === true || website === true) return false;
      return bio === null || website === null ? null : true;
    case 'followsTimes':
      return followers === null || following === null ? null : following > n * Math.max(1, followers);
    case 'fewFollowers':
      return followers === null ? null : followers <= n;
    case 'trailingDigits':
      return handle === null ? null : new RegExp(`[0-9]{${String(n)}}$`).test(handle);
    case 'sameBio': {
      if (bio !== true) return bio;
      const own = foldText(account.bio ?? '');
      if (own === '') return n === 0;
      return list.accounts.filter((other) => foldText(other.bio ?? '') === own).length - 1 >= n;
    }
    case 'createdBeforeFollowing':
      return null;
    case 'createdBeforeCollecting':
      return createdAt === null ? null : list.collectedAt - createdAt <= n * DAY;
    case 'postsPerDay':
      if (createdAt === null || posts === null) return null;
      return posts / Math.max(1, (list.collectedAt - createdAt) / DAY) > n;
  }
}

/** Whether an account meets a condition. */
export function meets(list: PlainList, account: Account, position: number, condition: Condition): boolean {
  switch (condition.kind) {
    case 'posts':
      return isIn(account.posts, condition.from, condition.to);
    case 'values': {
      const value = condition.field === 'script' ? plainScript(account) : account[condition.field];
      const folded = foldText(value ?? '');
      return folded !== '' && condition.values.some((wanted) => foldText(wanted) === folded);
    }
    case 'terms':
      return condition.terms.some((term) => hasTerm(account.bio ?? '', term));
    case 'handle':
      return (
        account.handle !== null &&
        condition.shapes.some((shape) => shape === plainShape(account.handle ?? ''))
      );
    case 'picture':
      return defaultPicture(account) === condition.isDefault;
    case 'area':
      return (
        isIn(position, condition.positions.from, condition.positions.to) &&
        isIn(account.createdAt, condition.created.from, condition.created.to)
      );
    case 'followArea': {
      const [after, before] = list.brackets[position] ?? [null, null];
      const { followed, created } = condition;
      const middle = after === null || before === null ? null : (after + before) / 2;
      return isIn(middle, followed.from, followed.to) && isIn(account.createdAt, created.from, created.to);
    }
    case 'compared':
      throw new Error('Tests of several lists have their own model.');
    case 'rules':
      return (
        condition.rules.filter((setting) => ruleHolds(list, account, setting) === true).length >=
        condition.atLeast
      );
  }
}
