/**
 * Finds accounts that are in several lists under different kinds of IDs, by their handle. Pure.
 *
 * Only accounts with a rarer kind of ID are kept, and those that share a handle with one of them.
 */
import type { IdKind } from './id-keys.ts';
import type { Mask } from './id-masks.ts';
import { degreeOf } from './overlap.ts';

/** What is found by handles; see `Overlap`. */
export interface JoinedByHandle {
  readonly byHandle: number;
  readonly apart: number;
}

interface Member {
  readonly mask: Mask;
  readonly kind: IdKind;
  /** Whether it has a rarer kind of ID. */
  readonly isRare: boolean;
  isJoined: boolean;
}

export class HandleGroups {
  readonly #maskOf: (id: string) => Mask;
  readonly #members = new Map<string, Member>();
  readonly #groups = new Map<string, Set<Member>>();

  /** @param maskOf the lists with an ID */
  constructor(maskOf: (id: string) => Mask) {
    this.#maskOf = maskOf;
  }

  /** Whether an account with a rarer kind of ID has this handle. */
  has(handle: string): boolean {
    return this.#groups.has(handle);
  }

  /** Adds an account with a rarer kind of ID, as one list has it. @param handle folded; `null` if it is unknown */
  addRare(id: string, kind: IdKind, handle: string | null): void {
    const member = this.#memberOf(id, kind, true);
    if (handle === null) return;
    const group = this.#groups.get(handle);
    if (group === undefined) this.#groups.set(handle, new Set([member]));
    else group.add(member);
  }

  /** Adds an account with the usual kind of ID. Only those whose handle the groups {@link has} matter. */
  addUsual(id: string, kind: IdKind, handle: string): void {
    this.#groups.get(handle)?.add(this.#memberOf(id, kind, false));
  }

  /**
   * Counts the accounts that were found under several IDs once, in all of their lists.
   * @param counts by mask; they are corrected
   * @param all the mask with every list
   */
  join(counts: Uint32Array, all: Mask): JoinedByHandle {
    let byHandle = 0;
    for (const group of this.#groups.values()) {
      const parts = partsOf(group);
      if (parts.length < 2) continue;
      let union = 0;
      for (const part of parts) {
        part.isJoined = true;
        union |= part.mask;
        counts[part.mask] = (counts[part.mask] ?? 0) - 1;
      }
      counts[union] = (counts[union] ?? 0) + 1;
      byHandle += 1;
    }
    let apart = 0;
    for (const { mask, kind, isRare, isJoined } of this.#members.values()) {
      if (isJoined || !isRare) continue;
      // An ID that is a handle is no better than a handle.
      if (kind === 'handle' && degreeOf(mask) > 1) byHandle += 1;
      if (mask !== all) apart += 1;
    }
    return { byHandle, apart };
  }

  #memberOf(id: string, kind: IdKind, isRare: boolean): Member {
    const known = this.#members.get(id);
    if (known !== undefined) return known;
    const member = { mask: this.#maskOf(id), kind, isRare, isJoined: false };
    this.#members.set(id, member);
    return member;
  }
}

/** The members of a group that are one account. None are if two IDs of one kind had the handle: it was taken over. */
function partsOf(group: ReadonlySet<Member>): readonly Member[] {
  const free = Array.from(group).filter(({ isJoined }) => !isJoined);
  for (const kind of ['number', 'text'] as const) {
    if (free.filter((member) => member.kind === kind).length > 1) return [];
  }
  const parts: Member[] = [];
  let union = 0;
  for (const member of free) {
    // A list that has both has two accounts.
    if ((member.mask & union) !== 0) continue;
    union |= member.mask;
    parts.push(member);
  }
  return parts;
}
