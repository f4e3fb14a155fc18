import { beforeEach, describe, expect, it } from 'vitest';
import { FIELDS } from '../../../components/lists/fields.ts';
import type { Account } from '../../../lib/model/account.ts';
import type { RunError } from '../../../lib/model/error.ts';
import type { Outcome, Snapshot } from '../../../lib/model/snapshot.ts';
import { unknownAccount } from '../../../lib/model/account.ts';
import { accountIdSchema, providerIdSchema, snapshotIdSchema } from '../../../lib/model/ids.ts';
import { handleSchema, unknownFacts } from '../../../lib/model/profile.ts';
import { badgeFor } from '../../../lib/words/badge.ts';
import { citationText } from '../../../lib/words/citation.ts';
import { factsOf, progress, target, type RunFacts } from '../../../lib/words/run-facts.ts';
import { stateName } from '../../../lib/words/names.ts';
import { amount, amountWithoutUnit, briefly, money, percent, priced } from '../../../lib/words/numbers.ts';
import { outcomeMessage } from '../../../lib/words/outcomes.ts';
import {
  aboveMessage,
  countText,
  differenceMessage,
  priceDetails,
  rateText,
} from '../../../lib/words/prices.ts';
import { detailsText, receiptLines, receiptSummary, type ReceiptExtras } from '../../../lib/words/receipt.ts';
import { statusMessage } from '../../../lib/words/status.ts';
import { aboutDuration, ago, clock, createdDay, duration, utc } from '../../../lib/words/times.ts';
import { remedyFor, providerMessage, errorMessage } from '../../../lib/words/errors.ts';
import { keys, speakEnglish } from './english.ts';

/** Two dollars per thousand. */
const TWO_DOLLARS = { currency: 'USD', perThousand: 2_000_000 };

const NOW = new Date(2026, 10, 14, 14, 32, 0).getTime();

const running: RunFacts = {
  platform: 'x',
  handle: 'ada_research',
  relation: 'followers',
  providerName: 'SociaVault',
  state: { kind: 'running' },
  rows: 1400,
  expected: 84_210,
  howMany: null,
  unit: 'credits',
  charged: 21,
  maybeCharged: 0,
  cap: 1300,
  estimate: 1204,
  doneAt: NOW + 25 * 60_000,
};

const ended = (outcome: Outcome, over: Partial<RunFacts> = {}): string =>
  outcomeMessage(outcome, { ...running, state: { kind: 'ended', outcome }, ...over });

const ERRORS: readonly RunError[] = [
  { kind: 'no-key' },
  { kind: 'locked' },
  { kind: 'no-permission', origin: 'https://api.example.com' },
  { kind: 'bad-key', said: null },
  { kind: 'no-credit', required: 1, available: 0, said: null },
  { kind: 'not-allowed', said: null },
  { kind: 'no-such-profile', said: null },
  { kind: 'private-profile', said: null },
  { kind: 'hidden-list', said: null },
  { kind: 'too-fast', said: null },
  { kind: 'provider-broken', status: 500, said: null },
  { kind: 'refused-request', status: 400, said: null },
  { kind: 'redirect-refused' },
  { kind: 'unreadable', status: 200, why: 'no list' },
  { kind: 'too-large', megabytes: 32 },
  { kind: 'unreachable' },
  { kind: 'offline' },
  { kind: 'lost-answers', times: 3 },
  { kind: 'storage', name: 'QuotaExceededError' },
];

const time = (at: number): string => clock(at, NOW);

beforeEach(speakEnglish);

describe('the message file', () => {
  it('has no two keys that differ only in letter case, because browsers ignore case', () => {
    expect(new Set(keys.map((key) => key.toLowerCase())).size).toBe(keys.length);
  });
});

describe('numbers', () => {
  it('state amounts with their unit, and unknown amounts as a dash', () => {
    expect(amount('credits', 1)).toBe('1 credit');
    expect(amount('credits', 1204)).toBe(`${(1204).toLocaleString()} credits`);
    expect(amount('requests', 2)).toBe('2 requests');
    expect(amount('usd', null)).toBe('—');
    expect(amountWithoutUnit('credits', 12)).toBe('12');
  });

  it('show fractions of a cent only if there are any', () => {
    expect(amount('usd', 1_000_000)).toContain('1.00');
    expect(amount('usd', 10_000)).toContain('0.01');
    expect(amount('usd', 1_000)).toContain('0.001');
  });

  it('are never rounded up to a whole or down to nothing', () => {
    expect(percent(0.99999)).toBe('99.9%');
    expect(percent(0.00001)).toBe('0.1%');
    expect(percent(1)).toBe('100%');
    expect(percent(0)).toBe('0%');
  });

  it('state the value of credits only if their price is known', () => {
    expect(priced('credits', 1204, TWO_DOLLARS)).toBe(`${(1204).toLocaleString()} credits · about $2.41`);
    expect(briefly('credits', 1204, TWO_DOLLARS)).toBe(`${(1204).toLocaleString()} · $2.41`);
    expect(priced('credits', 1204, null)).toBe(`${(1204).toLocaleString()} credits`);
    expect(priced('credits', 0, TWO_DOLLARS)).toBe('0 credits');
    expect(priced('credits', null, TWO_DOLLARS)).toBe('—');
    expect(priced('usd', 990_000, TWO_DOLLARS)).toBe('$0.99');
  });

  it('never state that something with a cost is free, in any currency', () => {
    expect(priced('credits', 1, TWO_DOLLARS)).toBe('1 credit · about $0.002');
    expect(money(2_000, 'EUR')).toBe('€0.002');
    expect(money(300_000, 'JPY')).toBe('¥0.3');
    expect(money(12_000_000, 'JPY')).toBe('¥12');
    expect(money(2_410_000, 'CHF')).toMatch(/^CHF\s2\.41$/);
    expect(money(0, 'USD')).toBe('$0.00');
  });

  it('never round a count: no sentence or cell contains `9.4M`', () => {
    const figures: Account = {
      ...unknownAccount(accountIdSchema.parse('7')),
      followers: 9_400_000,
      posts: 12_345,
      likes: 1_234_567,
    };
    const lines = [
      ...FIELDS.map((field) => field.text(figures, null)),
      ended({ kind: 'ended-early' }, { rows: 72, expected: 12_345 }),
    ];
    for (const line of lines) expect(line).not.toMatch(/\d[KMB]\b/i);
    for (const n of [9_400_000, 12_345, 1_234_567]) expect(lines.join(' ')).toContain(n.toLocaleString());
  });
});

describe('times', () => {
  it('name the day if it is not today', () => {
    expect(time(NOW)).not.toContain('Nov');
    expect(time(NOW + 86_400_000)).toContain('15');
  });

  it('show durations and the past in the largest fitting unit', () => {
    expect(duration(20)).toBe('less than a minute');
    expect(aboutDuration(20)).toBe('less than a minute');
    expect(aboutDuration(1500)).toMatch(/^about 25/);
    expect(duration(25 * 60)).toContain('25');
    expect(duration(3 * 3600 + 20 * 60)).toMatch(/^3.*20/);
    expect(ago(NOW - 2 * 3_600_000, NOW)).toBe('2 hours ago');
    expect(ago(NOW - 20_000, NOW)).toBe('just now');
  });

  it('read the same everywhere if they are absolute', () => {
    expect(utc(Date.UTC(2026, 10, 14, 9, 31, 7))).toBe('2026-11-14 09:31:07 UTC');
    expect(createdDay(Date.UTC(2017, 10, 27, 23, 59))).toContain('27');
  });
});

describe('the status line', () => {
  it('states the progress of a run, its cost, its expected end, and that it continues in the background', () => {
    expect(statusMessage(running, NOW)).toBe(
      `${(1400).toLocaleString()} of ${(84_210).toLocaleString()} · 21 credits · done around ${time(NOW + 25 * 60_000)}. You can close this, but keep the browser open.`,
    );
  });

  it('states the spending in money if its price is known', () => {
    expect(statusMessage({ ...running, creditPrice: TWO_DOLLARS, doneAt: null }, NOW)).toContain(
      ' · 21 credits · about $0.04. You can close this',
    );
  });

  it('states what lost responses may have cost, and what another attempt may cost', () => {
    const runError = { kind: 'lost-answers', times: 3, price: 1 } as const;
    const lost: RunFacts = { ...running, maybeCharged: 3, state: { kind: 'blocked', trouble: runError } };
    expect(statusMessage(lost, NOW)).toBe(
      `Lost responses for the same page: 3. Retrying may cost 1 credit; the lost responses may already have cost up to 3 credits. ${(1400).toLocaleString()} accounts are saved.`,
    );
    expect(statusMessage({ ...lost, creditPrice: TWO_DOLLARS }, NOW)).toContain(
      '1 credit (about $0.002); the lost responses may already have cost up to 3 credits (about $0.006)',
    );
    // Early versions did not store the price of another attempt.
    const early = {
      ...lost,
      state: { kind: 'blocked', trouble: { kind: 'lost-answers', times: 3 } },
    } as const;
    expect(statusMessage(early, NOW)).toContain('Each attempt may have been charged.');
  });

  it('counts accounts if the total is unknown', () => {
    expect(statusMessage({ ...running, expected: null, doneAt: null }, NOW)).toContain(
      `${(1400).toLocaleString()} accounts · 21 credits.`,
    );
  });

  it('states who requested the wait, until when, and when the run is done', () => {
    const until = NOW + 15 * 60_000;
    const waiting: RunFacts = {
      ...running,
      providerName: 'X API v2',
      state: { kind: 'waiting', until, trouble: { kind: 'too-fast', said: null } },
    };
    expect(statusMessage(waiting, NOW)).toBe(
      `X API v2 asked us to slow down. Resumes at ${time(until)}; done around ${time(NOW + 25 * 60_000)}.`,
    );
    expect(statusMessage({ ...waiting, doneAt: null }, NOW)).toBe(
      `X API v2 asked us to slow down. Resumes at ${time(until)}.`,
    );
  });

  it('states what is saved if something blocks the run', () => {
    const blocked: RunFacts = {
      ...running,
      rows: 31_500,
      state: { kind: 'blocked', trouble: { kind: 'bad-key', said: null } },
    };
    expect(statusMessage(blocked, NOW)).toBe(
      `SociaVault refused this key. ${(31_500).toLocaleString()} accounts are saved.`,
    );
    expect(statusMessage({ ...blocked, rows: 1 }, NOW)).toContain('1 account is saved.');
    expect(statusMessage({ ...blocked, rows: 0 }, NOW)).toContain('Nothing was collected.');
  });
});

describe('outcomes', () => {
  it('state completeness, and why the platform counts more', () => {
    expect(ended({ kind: 'complete' }, { rows: 83_904 })).toBe(
      `Complete: ${(83_904).toLocaleString()} accounts. X reports ${(84_210).toLocaleString()}; that may include suspended accounts, which it doesn't list.`,
    );
    expect(ended({ kind: 'complete' }, { rows: 1, expected: 1 })).toBe('Complete: 1 account.');
    expect(ended({ kind: 'complete' }, { rows: 0, expected: 0 })).toBe(
      'Complete: @ada_research has no followers.',
    );
  });

  it('never call a partial list complete', () => {
    expect(ended({ kind: 'ended-early' }, { platform: 'tiktok', rows: 5012, expected: 9_400_000 })).toMatch(
      /^TikTok stopped at 5.012 of 9.400.000\. This list is incomplete\.$/i,
    );
    expect(ended({ kind: 'capped', by: 'rows' }, { rows: 10_000 })).toMatch(
      /^Stopped at your limit: the newest 10.000 of 84.210\.$/,
    );
    expect(ended({ kind: 'capped', by: 'monthly' }, { rows: 10 })).toContain('monthly limit');
    expect(ended({ kind: 'stopped' }, { rows: 10, expected: null })).toBe('Stopped by you: the newest 10.');
    expect(ended({ kind: 'stalled' }, { rows: 31_500 })).toContain(
      'kept repeating a page, so collection stopped to avoid further charges',
    );
  });

  it('of a list without any account say so, instead of calling 0 accounts a part of it', () => {
    const nothing = { rows: 0, expected: 1207 };
    expect(ended({ kind: 'ended-early' }, nothing)).toBe(
      `X returned no accounts, although it reports ${(1207).toLocaleString()}.`,
    );
    expect(ended({ kind: 'ended-early' }, { ...nothing, expected: null })).toBe(
      'X returned no accounts. There may be some.',
    );
    expect(ended({ kind: 'capped', by: 'rows' }, nothing)).toBe(
      'Stopped at your limit before the first account.',
    );
    expect(ended({ kind: 'capped', by: 'monthly' }, nothing)).toBe(
      'Stopped at your monthly limit before the first account.',
    );
    expect(ended({ kind: 'stopped' }, nothing)).toBe('Stopped by you before the first account.');
  });
});

describe('errors', () => {
  it('have their own sentence each', () => {
    const sentences = ERRORS.map((runError) => errorMessage(runError, running));
    expect(new Set(sentences).size).toBe(ERRORS.length);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^[@A-Z].*[.!]$/);
      expect(sentence).not.toMatch(/[{}]|undefined|null/);
    }
  });

  it('offer a suitable action', () => {
    const remedies = Object.fromEntries(ERRORS.map((runError) => [runError.kind, remedyFor(runError)]));
    expect(remedies).toMatchObject({
      'no-key': 'add-key',
      'bad-key': 'replace-key',
      'no-credit': 'top-up',
      'no-permission': 'allow',
      unreadable: 'read-again',
      'no-such-profile': 'try-again',
      'lost-answers': 'try-again',
    });
  });

  it('quote the provider’s message if there is one', () => {
    expect(providerMessage({ kind: 'bad-key', said: 'Invalid API key' }, 'SociaVault')).toBe(
      'SociaVault says: “Invalid API key”',
    );
    expect(providerMessage({ kind: 'bad-key', said: null }, 'SociaVault')).toBeNull();
    expect(providerMessage({ kind: 'unreachable' }, 'SociaVault')).toBeNull();
  });

  it('do not fill in braces from a provider or a profile', () => {
    const quoted = providerMessage({ kind: 'bad-key', said: '{provider} | $1' }, 'SociaVault');
    expect(quoted).toBe('SociaVault says: “{provider} | $1”');
  });
});

describe('prices', () => {
  const estimate = { rows: 84_210, requests: 1204, amount: 1204, seconds: 1500 };

  const facts = {
    count: 84_210,
    unit: 'credits',
    estimate,
    balance: 4210,
    lookUp: 0,
    creditPrice: null,
  } as const;

  it('break the price down before it is spent', () => {
    expect(countText('followers', 84_210)).toMatch(/^84.210 followers$/);
    expect(countText('following', 312)).toBe('312 following');
    expect(priceDetails(facts)).toMatch(/^balance: 4.210 credits · about 25\smin$/);
  });

  it('state whose balance is insufficient', () => {
    const short = { ...facts, count: 81, estimate: { ...estimate, amount: 3, seconds: 9 } };
    expect(priceDetails({ ...short, balance: 0 })).toBe(
      'Your balance is too low: 0 credits. · less than a minute',
    );
    expect(priceDetails({ ...short, balance: 3 })).toContain('balance: 3 credits');
    expect(priceDetails({ ...short, balance: 2, creditPrice: TWO_DOLLARS })).toContain(
      'about $0.006 · Your balance is too low: 2 credits.',
    );
    const empty = { kind: 'no-credit', said: null, required: null, available: null } as const;
    expect(errorMessage(empty, running)).toBe('Your SociaVault account has no credits left.');
    expect(errorMessage({ ...empty, required: 3, available: 2 }, running)).toBe(
      'Your SociaVault account has too few credits left: 2. The next page costs 3.',
    );
    expect(errorMessage(empty, { ...running, unit: 'usd' })).toBe('Your SociaVault account is out of funds.');
  });

  it('include money, and the share of the lookup', () => {
    expect(priceDetails({ ...facts, lookUp: 1, creditPrice: TWO_DOLLARS })).toMatch(
      /^about \$2\.41 · balance: 4.210 credits · including 1 credit to look up the profile · about 25\smin$/,
    );
  });

  it('state the cost of looking up the count', () => {
    const unknown = {
      ...facts,
      count: null,
      estimate: { rows: null, requests: null, amount: null, seconds: null },
    };
    expect(priceDetails({ ...unknown, lookUp: 1 })).toBe('Looking up the count first costs 1 credit.');
    expect(priceDetails(unknown)).toBe("The count isn't known yet.");
  });

  it('state both figures if the provider’s charge differs from its price list', () => {
    expect(differenceMessage({ unit: 'credits', charged: 36, listed: 35 }, 'SociaVault')).toBe(
      'SociaVault charged 36 credits; its price list says 35.',
    );
    expect(differenceMessage({ unit: 'credits', charged: 35, listed: 35 }, 'SociaVault')).toBeNull();
  });

  it('state the price of one page if the count is unknown', () => {
    const price = { unit: 'credits', perRequest: 1, perRow: 0, resolve: 1, perFill: 0 } as const;
    expect(rateText(price, 70, null)).toBe('1 credit for up to 70 accounts');
    expect(rateText(price, 70, TWO_DOLLARS)).toBe('1 credit for up to 70 accounts · about $0.002');
    expect(rateText({ ...price, unit: 'usd', perRequest: 0, perRow: 10_000 }, 1000, null)).toMatch(
      /0\.01 for 1 account$/,
    );
  });

  it('name the limit that is exceeded', () => {
    expect(aboveMessage('credits', 500)).toBe('This is above your 500-credit limit.');
    expect(aboveMessage('usd', 5_000_000)).toMatch(/above your .*5\.00 limit/);
  });
});

describe('the badge', () => {
  const of = (state: RunFacts['state'], over: Partial<RunFacts> = {}): RunFacts => ({
    ...running,
    state,
    ...over,
  });

  it.each<[string, readonly RunFacts[], string | null]>([
    ['nothing', [], null],
    ['percent', [of({ kind: 'running' }, { rows: 42_000, expected: 100_000 })], '42%'],
    ['a count if the total is unknown', [of({ kind: 'running' }, { expected: null })], '1.4k'],
    [
      'minutes to wait',
      [of({ kind: 'waiting', until: NOW + 14.2 * 60_000, trouble: { kind: 'offline' } })],
      '15m',
    ],
    ['several', [running, running], '×2'],
    ['a decision', [running, of({ kind: 'confirming' })], '!'],
    ['a failure', [of({ kind: 'ended', outcome: { kind: 'failed', trouble: { kind: 'offline' } } })], '!'],
    ['done', [of({ kind: 'ended', outcome: { kind: 'complete' } })], '✓'],
  ])('shows %s', (_, runs, text) => {
    expect(badgeFor(runs, NOW)?.text ?? null).toBe(text);
  });

  it('fits into four characters', () => {
    for (const rows of [0, 999, 1000, 9999, 99_999, 999_999, 1_000_000, 99_000_000]) {
      const badge = badgeFor([of({ kind: 'running' }, { rows, expected: null })], NOW);
      expect(badge?.text.length).toBeLessThanOrEqual(4);
    }
  });
});

describe('the receipt', () => {
  const snapshot: Snapshot = {
    id: snapshotIdSchema.parse('00000000-0000-4000-8000-000000000001'),
    platform: 'x',
    handle: handleSchema.parse('ada_research'),
    handleKey: 'ada_research',
    profileId: accountIdSchema.parse('935125269261766657'),
    resolvedAt: NOW,
    relation: 'followers',
    provider: providerIdSchema.parse('sociavault'),
    startedFrom: 'own',
    createdAt: Date.UTC(2026, 10, 14, 9, 30),
    startedAt: Date.UTC(2026, 10, 14, 9, 31),
    updatedAt: NOW,
    endedAt: null,
    pace: null,
    openedAt: null,
    state: { kind: 'blocked', trouble: { kind: 'bad-key', said: 'Invalid API key' } },
    facts: null,
    hinted: false,
    expected: 84_210,
    howMany: null,
    unit: 'credits',
    cap: 1300,
    confirmed: true,
    estimate: { rows: 84_210, requests: 1203, amount: 1203, seconds: 1500 },
    pages: 20,
    rows: 1400,
    duplicates: 3,
    unreadable: 1,
    charged: 21,
    maybeCharged: 1,
    pagesWithoutNew: 0,
    losses: 0,
    attempt: 0,
    filled: 1400,
    ending: null,
  };
  const none = { creditPrice: null, spent: null };
  const line = (key: string, of: Snapshot = snapshot, extras: ReceiptExtras = none): string | undefined =>
    receiptLines(of, 'SociaVault', NOW, extras).find((each) => each.key === key)?.value;

  it('shows what was received, what it cost, and what it may have cost', () => {
    expect(line('rows')).toBe((1400).toLocaleString());
    expect(line('coverage')).toBe('1.7%');
    expect(line('spent')).toBe('21 credits');
    expect(line('maybe')).toBe('1 credit');
    expect(line('id')).toBe('935125269261766657');
    // Where the user is, and in UTC.
    expect(line('started')).toMatch(/2026.+ · 2026-11-14 09:31:00 UTC$/);
    expect(line('ended')).toBe('—');
    expect(receiptSummary(snapshot, none)).toMatch(/^1\.7% · 21 of about 1.203 credits$/);
  });

  it('shows unknown values as a dash, never as 0', () => {
    expect(line('coverage', { ...snapshot, expected: null })).toBe('—');
    expect(line('estimate', { ...snapshot, estimate: null })).toBe('—');
    expect(line('maybe', { ...snapshot, maybeCharged: 0 })).toBeUndefined();
  });

  it('shows money if credits have a price, and the provider’s figure if it differs', () => {
    const spent = { requests: 22, charged: 21, listed: 20, maybeCharged: 1 };
    const extras = { creditPrice: TWO_DOLLARS, spent };
    expect(line('spent', snapshot, extras)).toBe('21 credits · about $0.04');
    expect(line('maybe', snapshot, extras)).toBe('1 credit · about $0.002');
    expect(line('requests', snapshot, extras)).toBe('22');
    expect(line('differs', snapshot, extras)).toBe('SociaVault charged 21 credits; its price list says 20.');
    expect(line('differs', snapshot, { ...extras, spent: { ...spent, listed: 21 } })).toBeUndefined();
    expect(line('requests')).toBe('—');
    expect(receiptSummary(snapshot, { ...none, creditPrice: TWO_DOLLARS })).toMatch(
      / credits · about \$0\.04$/,
    );
  });

  it('lists unexpected entries by kind, and mentions them if they exceed 1%', () => {
    const unexpected = { unavailable: 1, 'no-account': 2, 'unknown-type': 3, 'list-for-object': 4 };
    expect(line('unexpected', { ...snapshot, unexpected })).toBe(
      '1 unavailable, 2 without an account, 3 of an unknown type, 4 with a list in place of an object',
    );
    expect(line('unexpected', { ...snapshot, unexpected: {} })).toBeUndefined();
    expect(line('unexpected')).toBeUndefined();

    const sentence = (of: Partial<Snapshot>) => {
      const complete: Snapshot = {
        ...snapshot,
        state: { kind: 'ended', outcome: { kind: 'complete' } },
        expected: 1000,
        rows: 1000,
        filled: 1000,
        duplicates: 0,
        unreadable: 0,
        ...of,
      };
      return statusMessage(factsOf(complete, 'SociaVault', null), NOW);
    };
    const whole = `Complete: ${(1000).toLocaleString()} accounts.`;
    expect(sentence({ unexpected: { 'unknown-type': 10 } })).toBe(whole);
    expect(sentence({ unexpected: { 'unknown-type': 11 } })).toBe(
      `${whole} 1.1% of the entries were skipped or weren't as expected; the receipt lists them by kind.`,
    );
    // Skipped entries are in addition to the accounts: 1 of 101 is less than 1%, 2 of 102 are not.
    expect(sentence({ expected: 100, rows: 100, filled: 100, unexpected: { unavailable: 1 } })).toBe(
      'Complete: 100 accounts.',
    );
    expect(sentence({ expected: 100, rows: 100, filled: 100, unexpected: { unavailable: 2 } })).toContain(
      ' 2% of the entries ',
    );
    expect(sentence({ rows: 0, filled: 0, unexpected: { 'no-account': 70 } })).toContain(
      ' 100% of the entries',
    );
  });

  it('is cited with the profile, the times in UTC, the provider, how complete it is, and the newest file', () => {
    const tool = { providerName: 'SociaVault', version: '0.2.0' };
    const [rows, expected] = [(1400).toLocaleString(), (84_210).toLocaleString()];
    expect(citationText(snapshot, tool)).toBe(
      `Followers of @ada_research on X. Collected from 2026-11-14 09:31:00 UTC on through SociaVault, not finished. ${rows} of ${expected} accounts (1.7%): Needs attention. Followledger 0.2.0.`,
    );
    const file = { name: 'newest.csv', rows: 189, bytes: 1, sha256: 'ab'.repeat(32), writtenAt: NOW };
    const complete: Snapshot = {
      ...snapshot,
      relation: 'following',
      facts: { ...unknownFacts, name: 'Ada Lovelace' },
      state: { kind: 'ended', outcome: { kind: 'complete' } },
      endedAt: Date.UTC(2026, 10, 14, 9, 40),
      expected: null,
      files: [file, { ...file, name: 'older.csv' }],
    };
    expect(citationText(complete, tool)).toBe(
      `Accounts that Ada Lovelace (@ada_research) follows on X. Collected from 2026-11-14 09:31:00 UTC to 2026-11-14 09:40:00 UTC through SociaVault. ${rows} accounts: Complete. Followledger 0.2.0. File: newest.csv (189 accounts), SHA-256 ${'ab'.repeat(32)}.`,
    );
  });

  it('says that a profile is suspended only if that is known', () => {
    const failed = (suspended?: boolean) =>
      ended({
        kind: 'failed',
        trouble: {
          kind: 'no-such-profile',
          said: null,
          ...(suspended === undefined ? {} : { suspended }),
        },
      });
    expect(failed(true)).toMatch(/^X has suspended @/);
    expect(failed(false)).toMatch(/^X has no profile @/);
    expect(failed()).toMatch(/^X has no profile @/);
  });

  it('provides details that contain the state', () => {
    const details: unknown = JSON.parse(detailsText(snapshot, 'SociaVault', '0.1.0'));
    expect(details).toMatchObject({ provider: 'SociaVault', state: snapshot.state, rows: 1400 });
  });

  it('provides the facts for the sentences', () => {
    const facts = factsOf(snapshot, 'SociaVault', null);
    expect(progress(facts)).toBeCloseTo(1400 / 84_210);
    expect(target({ howMany: 1000, expected: 84_210 })).toBe(1000);
    expect(target({ howMany: 1000, expected: 200 })).toBe(200);
    expect(stateName(facts.state)).toBe('Needs attention');
  });
});
