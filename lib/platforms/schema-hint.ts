/**
 * What a profile's page says of the profile for free, as JSON-LD (schema.org ProfilePage). The page is not trusted:
 * sizes and numbers are bounded, and two blocks that disagree say nothing.
 */
import { handleKey } from '../model/handles.ts';
import type { PageHint } from '../messages/types.ts';

const ID = /^[0-9]{1,20}$/;
const MOST_TEXT = 10_000;

/**
 * The hint of those blocks that name `handle`, case-insensitively.
 * @returns `null` when no block does, or when two that do disagree: one of them is stale or planted.
 */
export function readSchemaHint(blocks: readonly string[], handle: string): PageHint | null {
  let found: PageHint | null = null;
  for (const block of blocks) {
    const hint = readBlock(block, handle);
    if (hint === null) continue;
    if (found !== null && !agree(found, hint)) return null;
    found = hint;
  }
  return found;
}

function agree(a: PageHint, b: PageHint): boolean {
  return a.id === b.id && a.followers === b.followers && a.following === b.following;
}

function readBlock(block: string, handle: string): PageHint | null {
  const entity = field(parse(block), 'mainEntity');
  const name = field(entity, 'additionalName');
  if (typeof name !== 'string' || handleKey(name) !== handleKey(handle)) return null;
  const id = field(entity, 'identifier');
  const counters = field(entity, 'interactionStatistic');
  return {
    handle: name,
    id: typeof id === 'string' && ID.test(id) ? id : null,
    name: text(field(entity, 'givenName')),
    bio: text(field(entity, 'description')),
    followers: count(counters, 'FollowAction'),
    following: count(counters, 'SubscribeAction'),
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.length <= MOST_TEXT ? value : null;
}

/** A counter's figure, by its schema.org action. */
function count(counters: unknown, action: string): number | null {
  if (!Array.isArray(counters)) return null;
  const counter: unknown = counters.find((one) =>
    String(field(one, 'interactionType')).endsWith(`/${action}`),
  );
  const value = field(counter, 'userInteractionCount');
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A block that is not JSON says nothing; the page is free to be broken.
    return null;
  }
}
