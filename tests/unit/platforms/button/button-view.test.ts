import { describe, expect, test, vi } from 'vitest';
import { buttonView, withNotice } from '../../../../entrypoints/profile.content/button-view.ts';
import type { PageView, RunView } from '../../../../lib/messages/types.ts';
import type { RunError } from '../../../../lib/model/error.ts';
import type { Outcome } from '../../../../lib/model/snapshot.ts';
import { snapshotIdSchema } from '../../../../lib/model/ids.ts';
import type { RunFacts } from '../../../../lib/words/run-facts.ts';
import { outcomeMessage } from '../../../../lib/words/outcomes.ts';
import { savedRowsMessage, errorMessage } from '../../../../lib/words/errors.ts';

vi.mock('@wxt-dev/browser', async () => {
  const { getMessage } = await import('./messages.ts');
  return { browser: { i18n: { getMessage } } };
});
vi.mock('#i18n', async () => {
  const { getMessage } = await import('./messages.ts');
  return {
    i18n: {
      /** Fills in the forms of a number and the names in braces, like the message file's own run-time half. */
      t(key: string, ...given: readonly (number | Record<string, string | number>)[]): string {
        const n = given.find((one) => typeof one === 'number');
        const named = given.find((one) => typeof one === 'object') ?? {};
        const forms = getMessage(key.replaceAll('.', '_')).split(' | ');
        let form = forms[0] ?? '';
        if (n !== undefined && forms.length === 2) form = forms[n === 1 ? 0 : 1] ?? '';
        if (n !== undefined && forms.length === 3) form = forms[n === 0 || n === 1 ? n : 2] ?? '';
        return form.replace(/\{(\w+)\}/g, (whole, name: string) => String(named[name] ?? whole));
      },
    },
  };
});

const NOW = new Date(2026, 10, 21, 14, 0).getTime();

const RUN: RunView = {
  snapshotId: snapshotIdSchema.parse('00000000-0000-4000-8000-000000000000'),
  relation: 'followers',
  providerName: 'SociaVault',
  state: { kind: 'running' },
  rows: 1400,
  expected: 84_210,
  howMany: null,
  unit: 'credits',
  charged: 20,
  maybeCharged: 0,
  cap: 500,
  estimate: 1204,
  doneAt: null,
  endedAt: null,
};

const OFFERS: PageView['offers'] = {
  followers: { label: 'Get 5,000 followers · ~72 credits', detail: 'via SociaVault · starts immediately' },
  following: null,
};

function view(run: Partial<RunView> | null): PageView {
  return {
    platform: 'x',
    handle: 'ada',
    button: true,
    hasKey: true,
    offers: OFFERS,
    run: run === null ? null : { ...RUN, ...run },
  };
}

function face(run: Partial<RunView> | null) {
  return buttonView(view(run), NOW);
}

function name({ label, detail }: { label: string; detail: string | null }): string {
  return detail === null ? label : `${label}. ${detail}`;
}

function facts(run: Partial<RunView>): RunFacts {
  return { ...RUN, ...run, platform: 'x', handle: 'ada' };
}

const ERRORS: readonly RunError[] = [
  { kind: 'no-key' },
  { kind: 'locked' },
  { kind: 'no-permission', origin: 'https://api.sociavault.com' },
  { kind: 'bad-key', said: null },
  { kind: 'no-credit', required: null, available: null, said: null },
  { kind: 'no-credit', required: 1200, available: 3, said: null },
  { kind: 'no-credit', required: 1, available: 0, said: null },
  { kind: 'not-allowed', said: null },
  { kind: 'no-such-profile', said: null },
  { kind: 'private-profile', said: null },
  { kind: 'hidden-list', said: null },
  { kind: 'too-fast', said: null },
  { kind: 'provider-broken', status: 1503, said: null },
  { kind: 'refused-request', status: 400, said: null },
  { kind: 'redirect-refused' },
  { kind: 'unreadable', status: 200, why: 'not JSON' },
  { kind: 'unreachable' },
  { kind: 'offline' },
  { kind: 'lost-answers', times: 3 },
  { kind: 'storage', name: 'QuotaExceededError' },
];

const OUTCOMES: readonly Outcome[] = [
  { kind: 'complete' },
  { kind: 'ended-early' },
  { kind: 'capped', by: 'rows' },
  { kind: 'capped', by: 'cap' },
  { kind: 'capped', by: 'monthly' },
  { kind: 'stopped' },
  { kind: 'stalled' },
  { kind: 'failed', trouble: { kind: 'private-profile', said: null } },
];

describe('the button shows', () => {
  test('its function if nothing is known or nothing was collected', () => {
    const idle = buttonView(null, NOW);
    expect(idle).toMatchObject({ label: 'Get followers', description: '', main: 'followers', progress: 0 });
    expect(idle.menu.map(({ label }) => label)).toEqual(['Get followers', 'Get following']);
  });

  test('what a click costs, also in its menu, where a click can spend', () => {
    const idle = face(null);
    expect(idle).toMatchObject({
      label: 'Get 5,000 followers · ~72 credits',
      detail: null,
      description: 'via SociaVault · starts immediately',
      main: 'followers',
    });
    expect(idle.menu.map(({ label }) => label)).toEqual([
      'Get 5,000 followers · ~72 credits',
      'Get following',
    ]);
    expect(face({ state: { kind: 'running' } }).description).toBe('');
  });

  test.each<[Partial<RunView>, string]>([
    [{ state: { kind: 'running' } }, 'Collecting 1,400 of 84,210'],
    [{ state: { kind: 'running' }, howMany: 10_000 }, 'Collecting 1,400 of 10,000'],
    [{ state: { kind: 'running' }, expected: null }, 'Collecting, 1,400 so far'],
    [{ state: { kind: 'running' }, relation: 'following' }, 'Following: Collecting 1,400 of 84,210'],
    [{ state: { kind: 'queued' } }, 'Queued'],
    [{ state: { kind: 'resolving' } }, 'Looking up @ada'],
    [{ state: { kind: 'paused' } }, 'Paused at 1,400'],
    [{ state: { kind: 'confirming' } }, 'Waiting for your decision. Nothing is spent until then.'],
    [
      { state: { kind: 'blocked', trouble: { kind: 'bad-key', said: null } } },
      'SociaVault refused this key. 1,400 accounts are saved.',
    ],
    [
      { rows: 83_904, state: { kind: 'ended', outcome: { kind: 'complete' } } },
      "Complete: 83,904 accounts. X reports 84,210; that may include suspended accounts, which it doesn't list.",
    ],
  ])('%j', (run, expected) => {
    // A label ends without its period.
    expect(name(face(run)).replace(/\.$/, '')).toBe(expected.replace(/\.$/, ''));
  });

  test('until when it waits, with the day if it is not today', () => {
    const runError = { kind: 'too-fast', said: null } as const;
    const at = (until: number) => face({ state: { kind: 'waiting', until, trouble: runError } });
    expect(at(NOW + 32 * 60_000).label).toMatch(/^Waiting until (02:32 PM|14:32)$/);
    expect(at(NOW + 24 * 3_600_000).label).toMatch(/22/);
    expect(at(NOW).detail).toBe('SociaVault asked us to slow down. 1,400 accounts are saved.');
  });

  test('that it is offline, rather than a time', () => {
    const state = { kind: 'waiting', until: NOW + 1000, trouble: { kind: 'offline' } } as const;
    expect(face({ state })).toMatchObject({
      label: "You're offline",
      detail: "Collection resumes when you're back online.",
    });
  });

  test('a notice in place of the state, with the same menu', () => {
    const running = face({});
    expect(withNotice(running, "That didn't work. Why. Click to try again.")).toEqual({
      ...running,
      label: "That didn't work",
      detail: 'Why. Click to try again.',
      tone: 'error',
      progress: 0,
    });
  });
});

describe('its sentences are the same as everywhere else:', () => {
  const sizes = [
    { rows: 0, expected: null },
    { rows: 0, expected: 0 },
    { rows: 1, expected: 9 },
    { rows: 31_500, expected: 9_400_000 },
    { rows: 31_500, expected: 31_500 },
  ];

  test.each(ERRORS)('error %j', (runError) => {
    for (const size of sizes) {
      for (const unit of ['credits', 'usd'] as const) {
        const run = { ...size, unit, state: { kind: 'blocked', trouble: runError } } as const;
        const providerMessage = `${errorMessage(runError, facts(run))} ${savedRowsMessage(size.rows)}`;
        expect(name(face(run))).toBe(providerMessage);
      }
    }
  });

  test.each(OUTCOMES)('outcome %j', (outcome) => {
    for (const size of sizes) {
      for (const relation of ['followers', 'following'] as const) {
        const run = { ...size, relation, state: { kind: 'ended', outcome } } as const;
        const providerMessage = outcomeMessage(outcome, facts(run)).replace(/\.$/, '');
        expect(
          name(face(run))
            .replace(/^Following: /, '')
            .replace(/\.$/, ''),
        ).toBe(providerMessage);
      }
    }
  });
});

test.each([
  [3, 3, 'Complete: 31,500 accounts, 3 no longer available'],
  [4, 0, 'Complete: 31,500 accounts, 4 without details'],
  [7, 3, 'Complete: 31,500 accounts, 3 no longer available, 4 without details'],
])(
  'a complete list of which %i accounts have only an ID is not called plainly complete',
  (idsOnly, unavailable, providerMessage) => {
    const state = { kind: 'ended', outcome: { kind: 'complete' } } as const;
    const run = { rows: 31_500, expected: 31_500, withoutDetails: { idsOnly, unavailable }, state };
    expect(name(face(run))).toBe(providerMessage);
    expect(outcomeMessage(state.outcome, facts(run))).toBe(`${providerMessage}.`);
  },
);

describe('the menu', () => {
  test.each<[RunView['state'], string]>([
    [{ kind: 'running' }, 'Open list, Pause, Stop'],
    [{ kind: 'queued' }, 'Open list, Pause, Stop'],
    [{ kind: 'waiting', until: NOW, trouble: { kind: 'offline' } }, 'Open list, Try now, Pause, Stop'],
    [{ kind: 'paused' }, 'Open list, Resume, Stop'],
    [{ kind: 'blocked', trouble: { kind: 'no-key' } }, 'Open list, Resume, Stop'],
    [{ kind: 'confirming' }, 'Open list, Stop'],
    [
      { kind: 'ended', outcome: { kind: 'complete' } },
      'Open list, Get 5,000 followers · ~72 credits, Get following',
    ],
  ])('in %j offers %s', (state, offers) => {
    expect(
      face({ state })
        .menu.map(({ label }) => label)
        .join(', '),
    ).toBe(offers);
  });

  test('opens the run with a click on the button itself, in any state', () => {
    expect(face({ state: { kind: 'paused' } }).main).toBe('open');
    expect(face({ state: { kind: 'ended', outcome: { kind: 'stopped' } } }).main).toBe('open');
  });
});
