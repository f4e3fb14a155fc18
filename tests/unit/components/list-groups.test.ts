/** How lists are grouped, collapsed, and found. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  linesOf,
  listGroups,
  matchingLists,
  profilesOf,
  type ListGroup,
} from '../../../components/lists/list-groups.ts';
import { foldText } from '../../../lib/lists/fold.ts';
import { snapshotIdSchema } from '../../../lib/model/ids.ts';
import { handleSchema, unknownFacts } from '../../../lib/model/profile.ts';
import type { Snapshot, State } from '../../../lib/model/snapshot.ts';
import { FRESH } from '../collector/machine-simulator.ts';

const ended = (outcome: Extract<State, { kind: 'ended' }>['outcome']): State => ({ kind: 'ended', outcome });
const COMPLETE = ended({ kind: 'complete' });
const TROUBLE = { kind: 'no-key' } as const;

function list(n: number, over: Partial<Snapshot> = {}): Snapshot {
  const handle = handleSchema.parse(over.handle ?? `profile_${String(n)}`);
  return {
    ...FRESH,
    id: snapshotIdSchema.parse(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`),
    handle,
    handleKey: handle.toLowerCase(),
    facts: null,
    createdAt: n,
    state: COMPLETE,
    ...over,
  };
}

const ada = { handle: handleSchema.parse('ada'), handleKey: 'ada' };
const named = (name: string) => ({ ...unknownFacts, name });

function grouped(snapshots: readonly Snapshot[]): readonly ListGroup[] {
  return listGroups(snapshots, profilesOf(snapshots));
}

const brief = (groups: readonly ListGroup[]) =>
  groups.map(({ key, lists }) => [key, lists.map(({ createdAt }) => createdAt)]);

describe('groups of lists', () => {
  it('are the running ones, those that need attention, then profiles by their newest list', () => {
    const lists = [
      list(9, ada),
      list(8, { state: { kind: 'running' } }),
      list(7),
      list(6, { state: { kind: 'confirming' } }),
      list(5, { ...ada, facts: named('Ada') }),
      list(4, { ...ada, platform: 'tiktok' }),
    ];
    expect(brief(grouped(lists))).toEqual([
      ['running', [8]],
      ['attention', [6]],
      ['x/ada', [9, 5]],
      ['x/profile_7', [7]],
      ['tiktok/ada', [4]],
    ]);
    const profiles = grouped(lists).flatMap((group) => (group.kind === 'profile' ? [group.profile] : []));
    expect(profiles.map(({ name, handle }) => name ?? handle)).toEqual(['Ada', 'profile_7', 'ada']);
  });

  it.each<[State, string]>([
    [{ kind: 'queued' }, 'running'],
    [{ kind: 'resolving' }, 'running'],
    [{ kind: 'waiting', until: 9, attempt: 1, trouble: TROUBLE }, 'running'],
    [{ kind: 'blocked', trouble: TROUBLE }, 'attention'],
    [{ kind: 'paused' }, 'attention'],
    [ended({ kind: 'stalled' }), 'attention'],
    [ended({ kind: 'capped', by: 'cap' }), 'attention'],
    [ended({ kind: 'capped', by: 'monthly' }), 'attention'],
    // As the user decided.
    [ended({ kind: 'capped', by: 'rows' }), 'x/profile_1'],
    [ended({ kind: 'stopped' }), 'x/profile_1'],
    // Nothing can be done about these.
    [ended({ kind: 'ended-early' }), 'x/profile_1'],
    [ended({ kind: 'failed', trouble: TROUBLE }), 'x/profile_1'],
  ])('%j is in the group %s', (state, key) => {
    expect(brief(grouped([list(1, { state })]))).toEqual([[key, [1]]]);
  });

  it('name a profile after any of its lists, also one in another group', () => {
    const lists = [list(2, ada), list(1, { ...ada, facts: named('Ada'), state: { kind: 'running' } })];
    expect(grouped(lists)[1]).toMatchObject({ profile: { name: 'Ada', handle: 'ada', platform: 'x' } });
  });
});

const states: readonly State[] = [
  COMPLETE,
  { kind: 'running' },
  { kind: 'paused' },
  ended({ kind: 'stopped' }),
  ended({ kind: 'stalled' }),
];

/** Lists of a few profiles in any state, newest first. */
const anyLists = fc
  .array(
    fc.record({
      profile: fc.integer({ min: 1, max: 5 }),
      platform: fc.constantFrom('x' as const, 'tiktok' as const),
      state: fc.constantFrom(...states),
      name: fc.constantFrom(undefined, 'Launch', 'Éva'),
    }),
    { maxLength: 40 },
  )
  .map((all) =>
    all.map(({ profile, platform, state, name }, at) => {
      const handle = handleSchema.parse(`p${String(profile)}`);
      const over = { platform, state, handle, handleKey: handle };
      return list(all.length - at, name === undefined ? over : { ...over, name });
    }),
  );

describe('lines', () => {
  it('contain every list once, below one heading for each group, whatever is collapsed', () => {
    fc.assert(
      fc.property(anyLists, fc.func(fc.boolean()), (lists, isCollapsed) => {
        const groups = grouped(lists);
        expect(groups.flatMap((group) => group.lists).toSorted((a, b) => b.createdAt - a.createdAt)).toEqual(
          lists,
        );
        const collapsed = new Set(groups.map(({ key }) => key).filter((key) => isCollapsed(key)));
        const { lines, stops } = linesOf(groups, collapsed);
        expect(lines.flatMap(({ snapshot }) => snapshot ?? [])).toEqual(
          groups.filter(({ key }) => !collapsed.has(key)).flatMap((group) => group.lists),
        );
        expect(lines.filter(({ hasHeading }) => hasHeading).map(({ group }) => group)).toEqual(groups);
        expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
        // The arrow keys lead to every heading and every visible list, in order.
        expect(stops.length).toBe(groups.length + lines.filter(({ snapshot }) => snapshot !== null).length);
        for (const [index, { stop }] of lines.entries()) expect(stops[stop]?.line).toBe(index);
        expect(new Set(stops.map(({ key, snapshot }) => `${key} ${snapshot ?? ''}`)).size).toBe(stops.length);
      }),
    );
  });

  it('have no stops at headings if nothing can be collapsed', () => {
    const { stops } = linesOf(grouped([list(2), list(1)]), null);
    expect(stops.map(({ snapshot }) => snapshot)).toEqual([list(2).id, list(1).id]);
  });

  it('keep the key of a heading when its group is collapsed', () => {
    const groups = grouped([list(2, ada), list(1, ada)]);
    expect(linesOf(groups, new Set()).lines[0]?.key).toBe(linesOf(groups, new Set(['x/ada'])).lines[0]?.key);
  });
});

describe('the search of lists', () => {
  const lists = [
    list(4, { ...ada, facts: named('Ada Łukasiewicz') }),
    list(3, { ...ada, name: 'Launch team' }),
    list(2, { notes: 'before the\nBerlin launch' }),
    list(1, { platform: 'tiktok', handle: handleSchema.parse('ada.clips') }),
  ];
  const found = (text: string) =>
    matchingLists(lists, profilesOf(lists), text).map(({ createdAt }) => createdAt);

  it.each<[string, readonly number[]]>([
    ['', [4, 3, 2, 1]],
    ['  ', [4, 3, 2, 1]],
    // The name of the profile is known from another of its lists.
    ['lukasiewicz', [4, 3]],
    ['LAUNCH', [3, 2]],
    ['launch berlin', [2]],
    ['@ada', [4, 3, 1]],
    ['ada team', [3]],
    ['nothing like it', []],
  ])('%j finds %j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('finds a list by any part of its name or notes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.nat(),
        fc.nat(),
        (text, from, length) => {
          const words = foldText(text).split(' ');
          const word = words[from % words.length] ?? '';
          const part = word.slice(0, 1 + (length % (word.length + 1)));
          const one = list(1, { notes: text });
          // Half of a character that consists of two units is no text.
          if (!part.isWellFormed()) return;
          expect(matchingLists([one], profilesOf([one]), part)).toEqual([one]);
        },
      ),
    );
  });
});
