/** SociaVault for X: profile, followers, and followings, with X's GraphQL passed through. */
import type { Reply } from '../exchange.ts';
import { json } from '../exchange.ts';
import type { Relation } from '../platforms.ts';
import { makeAccount } from '../population/account.ts';
import type { Entry, Population } from '../population/population.ts';
import { snowflake } from '../population/position.ts';
import { failed, good, list, missingParameter } from './sociavault-envelope.ts';
import type { Ask } from './provider.ts';
import { graphqlUser, unavailableUser } from './x-graphql-user.ts';

const PROTECTED = 'This account is protected. Its lists cannot be read.';
const NOT_FOUND = 'User not found';

function missing(request: Ask, endpoint: string): Reply {
  if (request.key.style.missingUser === '404') return json(404, { error: NOT_FOUND, endpoint });
  return failed(request, endpoint, NOT_FOUND, 0);
}

export function profile(request: Ask): Reply {
  const endpoint = 'twitter/profile';
  const handle = request.query.get('handle') ?? '';
  if (handle === '') return missingParameter(endpoint, 'handle is required', request.key.price);
  const population = request.populations.byHandle('x', handle.replace(/^@/, ''));
  if (population === undefined) return missing(request, endpoint);
  const user = graphqlUser(population.owner, request.key.style.userShape);
  const data = {
    direct: { error: false, ...user },
    'user-result': { error: false, user: { result: user } },
    result: { error: false, result: user },
  }[request.key.style.profileShape];
  return good(request, endpoint, data);
}

/**
 * The entry at which a page begins: the first below the cursor's position, whichever list the cursor is from. Without a
 * position, or with 0, that is the end.
 */
function start(cursor: string | null, population: Population, relation: Relation): number {
  if (cursor === null || cursor === '') return 0;
  const [, head = '0'] = /^(-?\d{1,25})\|/.exec(cursor) ?? [];
  return population.firstBelow(relation, BigInt(head));
}

/** A page's cursors and rows are numbered down from the time of the answer. */
function sortStart(request: Ask): bigint {
  return snowflake(request.now, 0x2d4c9);
}

function userEntry(entryId: string, sortIndex: bigint, result: Record<string, unknown> | null): unknown {
  return {
    content: {
      __typename: 'TimelineTimelineItem',
      clientEventInfo: { component: 'FollowersSgs', element: 'user' },
      entryType: 'TimelineTimelineItem',
      itemContent: {
        __typename: 'TimelineUser',
        itemType: 'TimelineUser',
        userDisplayType: 'User',
        user_results: result === null ? {} : { result },
      },
    },
    entryId,
    sortIndex: String(sortIndex),
  };
}

function cursorEntry(type: 'Bottom' | 'Top', value: string, sortIndex: bigint): unknown {
  return {
    content: {
      __typename: 'TimelineTimelineCursor',
      cursorType: type,
      entryType: 'TimelineTimelineCursor',
      value,
    },
    entryId: `cursor-${type.toLowerCase()}-${String(sortIndex)}`,
    sortIndex: String(sortIndex),
  };
}

function listEntry(entry: Entry, request: Ask, sortIndex: bigint): unknown {
  if (entry.kind === 'account') {
    return userEntry(
      `user-${entry.account.id}`,
      sortIndex,
      graphqlUser(entry.account, request.key.style.userShape),
    );
  }
  // X reports a suspended account in one of two ways.
  return userEntry(`user-${entry.id}`, sortIndex, entry.index % 2 === 0 ? null : unavailableUser());
}

/** Suggestions that X mixes into lists: a person who is not on the list, and a notice. */
function advice(request: Ask, population: Population, sortIndex: bigint): unknown[] {
  const stranger = makeAccount('x', 0x5eed, Number(BigInt(population.owner.id) % 1000n));
  return [
    userEntry(`who-to-follow-${stranger.id}`, sortIndex, graphqlUser(stranger, request.key.style.userShape)),
    {
      content: {
        __typename: 'TimelineTimelineItem',
        entryType: 'TimelineTimelineItem',
        itemContent: { itemType: 'TimelineMessagePrompt' },
      },
      entryId: 'messageprompt-followers',
      sortIndex: '0',
    },
  ];
}

/** One page of a list. Its last page has rows, and a cursor whose first part is 0. */
export function connections(request: Ask, relation: Relation): Reply {
  const endpoint = `twitter/${relation === 'followers' ? 'followers' : 'followings'}`;
  const id = request.query.get('user_id') ?? '';
  if (id === '') return missingParameter(endpoint, 'user_id (rest_id) is required', request.key.price);
  const population = request.populations.byId('x', id);
  if (population === undefined) return missing(request, endpoint);
  if (population.protected) return failed(request, endpoint, PROTECTED, request.key.price);

  const size = population.size(relation);
  const from = start(request.query.get('cursor'), population, relation);
  const entries = population.entries(relation, from, request.key.pageSize);
  const to = from + entries.length;
  const turn = Math.floor(from / Math.max(1, request.key.pageSize));
  const sorted = sortStart(request);
  const position = to < size && to > 0 ? population.position(relation, to - 1) : 0n;
  const bottom = `${String(position)}|${String(sorted - BigInt(entries.length))}`;
  const top = `-1|${String(sorted + 53n)}`;
  const { style } = request.key;
  const rows = entries.filter((entry) => entry.kind === 'account').length;
  const data = {
    error: false,
    cursor: { bottom, top },
    result: {
      timeline: {
        instructions: list(style, turn, [
          { type: 'TimelineClearCache' },
          { direction: 'Top', type: 'TimelineTerminateTimeline' },
          // It is on every page, although the documentation suggests that it marks the end.
          { direction: 'Bottom', type: 'TimelineTerminateTimeline' },
          {
            entries: list(style, turn + 1, [
              ...entries.map((entry, row) => listEntry(entry, request, sorted - BigInt(row))),
              ...(from === 0 ? advice(request, population, sorted - BigInt(entries.length)) : []),
              cursorEntry('Bottom', bottom, sorted - BigInt(entries.length)),
              cursorEntry('Top', top, sorted),
            ]),
            type: 'TimelineAddEntries',
          },
        ]),
      },
    },
  };
  return good(request, endpoint, data, { rows });
}
