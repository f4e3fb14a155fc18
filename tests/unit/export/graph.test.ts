import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { XmlDocument, XmlElement, type XmlNode } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { speakEnglish } from '../words/english.ts';
import {
  distinctAccounts,
  listOptions,
  PROFILES,
  shownRow,
  storedLists,
  type PlainAccount,
  type PlainList,
} from './several-lists.ts';
import { saveLists } from './stored-lists.ts';

speakEnglish();

const NAMESPACES = { g: 'http://gexf.net/1.3' };
const someLists = fc.array(listOptions, { minLength: 1, maxLength: 6 });

interface Edge {
  readonly source: string;
  readonly target: string;
  readonly relation: string;
  readonly followed_after: string;
  readonly followed_before: string;
}

/** A node's ID in the plain model. */
function idOf({ number, handleId }: Pick<PlainAccount, 'number' | 'handleId'>): string {
  return number === null ? `x:@${handleId ?? ''}` : `x:${number}`;
}

function profileId(list: PlainList, accounts: readonly PlainAccount[]): string {
  const { profileId: id, handle } = list.snapshot;
  if (id === null) return `x:@${handle}`;
  return idOf(accounts.find(({ number }) => number === id) ?? { number: id, handleId: null });
}

/** The narrowest interval; a newer list counts more if they contradict each other. */
function bracketOf(rows: PlainAccount['rows']): readonly [after: number | null, before: number | null] {
  let [after, before] = [-Infinity, Infinity];
  for (const { row } of rows) {
    const [lower, upper] = [
      Math.max(after, row.after ?? -Infinity),
      Math.min(before, row.before ?? Infinity),
    ];
    if (lower <= upper) [after, before] = [lower, upper];
  }
  return [Number.isFinite(after) ? after : null, Number.isFinite(before) ? before : null];
}

function plainEdges(lists: readonly PlainList[]): Edge[] {
  const accounts = distinctAccounts(lists);
  const groups = new Map<string, PlainList[]>();
  for (const list of lists) {
    const key = `${list.snapshot.handle} ${list.snapshot.relation}`;
    groups.set(key, [...(groups.get(key) ?? []), list]);
  }
  return [...groups.values()].flatMap((group) =>
    accounts.flatMap((account) => {
      const rows = account.rows.filter(({ list }) => group.includes(list));
      const [first] = rows;
      if (first === undefined) return [];
      const { relation } = first.list.snapshot;
      const [own, other] = [idOf(account), profileId(first.list, accounts)];
      const [after, before] = bracketOf(rows);
      const iso = (time: number | null) => (time === null ? '' : new Date(time).toISOString());
      return [
        {
          source: relation === 'followers' ? own : other,
          target: relation === 'followers' ? other : own,
          relation,
          followed_after: iso(after),
          followed_before: iso(before),
        },
      ];
    }),
  );
}

const inOrder = (edges: readonly Edge[]): string[] =>
  edges
    .map(({ source, target, relation, followed_after, followed_before }) =>
      [source, target, relation, followed_after, followed_before].join(' '),
    )
    .sort();

function elements(nodes: readonly XmlNode[]): readonly XmlElement[] {
  return nodes.filter((node) => node instanceof XmlElement);
}

function attribute(element: XmlElement, name: string): string {
  return element.attr(name)?.value ?? '';
}

/** The nodes and edges of a GEXF file, read by another program. */
function readGexf(bytes: Buffer) {
  using document = XmlDocument.fromBuffer(bytes);
  const find = (path: string) => elements(document.find(path, NAMESPACES));
  const values = (element: XmlElement): Record<string, string> =>
    Object.fromEntries(
      elements(element.find('g:attvalues/g:attvalue', NAMESPACES)).map((value) => [
        attribute(value, 'for'),
        attribute(value, 'value'),
      ]),
    );
  const [root] = find('/g:gexf');
  const [graph] = find('/g:gexf/g:graph');
  return {
    version: root === undefined ? '' : attribute(root, 'version'),
    type: graph === undefined ? '' : attribute(graph, 'defaultedgetype'),
    declared: find('//g:attribute').map((element) => attribute(element, 'id')),
    nodes: find('/g:gexf/g:graph/g:nodes/g:node').map((element) => ({
      id: attribute(element, 'id'),
      label: attribute(element, 'label'),
      ...values(element),
    })),
    edgeIds: find('/g:gexf/g:graph/g:edges/g:edge').map((element) => attribute(element, 'id')),
    edges: find('/g:gexf/g:graph/g:edges/g:edge').map((element): Edge => {
      const { relation = '', followed_after = '', followed_before = '' } = values(element);
      return {
        source: attribute(element, 'source'),
        target: attribute(element, 'target'),
        relation,
        followed_after,
        followed_before,
      };
    }),
  };
}

describe('a graph of lists', () => {
  it('has every account and profile once, and every edge once, in both formats', async () => {
    await fc.assert(
      fc.asyncProperty(someLists, async (options) => {
        const { store, lists } = await storedLists(options);
        const accounts = distinctAccounts(lists);
        const { bytes, remarks } = await saveLists(store, lists, 'gexf');
        const { version, type, declared, nodes, edges, edgeIds } = readGexf(bytes);
        expect([version, type]).toEqual(['1.3', 'directed']);
        const profiles = new Set(lists.map((list) => profileId(list, accounts)));
        const ids = nodes.map(({ id }) => id);
        expect([...ids].sort()).toEqual([...new Set([...accounts.map(idOf), ...profiles])].sort());
        expect(new Set(edgeIds).size).toBe(edgeIds.length);
        const expected = inOrder(plainEdges(lists));
        expect(inOrder(edges)).toEqual(expected);
        for (const node of nodes) {
          const found = accounts.find((account) => idOf(account) === node.id);
          const account = found === undefined ? null : shownRow(found).row.account;
          const values: Readonly<Record<string, string>> = node;
          for (const name of Object.keys(values)) {
            if (name !== 'id' && name !== 'label') expect(declared).toContain(name);
          }
          expect(values['profile']).toBe(String(profiles.has(node.id)));
          if (account === null) expect(PROFILES).toContain(node.label);
          else {
            expect(node.label).toBe(account.handle ?? node.id);
            expect(values['followers']).toBe(account.followers?.toString());
            expect(values['verified']).toBe(account.verified?.toString());
          }
        }
        const csv = await saveLists(store, lists, 'edges');
        const rows: Edge[] = parse(csv.bytes, { columns: true, record_delimiter: '\r\n' });
        expect(inOrder(rows)).toEqual(expected);
        expect(csv.bytes.toString('utf8').split('\r\n')[0]).toBe(
          'source,target,relation,followed_after,followed_before',
        );
        expect([remarks.edges, csv.remarks.edges]).toEqual([expected.length, expected.length]);
        expect(remarks.accounts).toBe(nodes.length);
        store.close();
      }),
      { numRuns: 60 },
    );
  });

  it('keeps names as they are, except for characters that XML has no form for', async () => {
    const { store, lists } = await storedLists([
      {
        profile: 1,
        relation: 'followers',
        members: [{ index: 4, idOnly: false }],
        ids: 'numbers',
        hasTimes: true,
        isCounted: true,
        isComplete: true,
      },
    ]);
    const { nodes } = readGexf((await saveLists(store, lists, 'gexf')).bytes);
    const names = nodes.map((node: Readonly<Record<string, string>>) => node['name']);
    expect(names[0]?.replace('\uFFFD', '\u0007')).toBe('<Name> & "4"\n\u0007followers');
    store.close();
  });
});
