/** Counts values and terms across segments, each of which numbers them in its own way. */
import type { Words } from '../store/derived.ts';

interface Numbered {
  readonly words: Words;
  /** The number in the whole list of each number in the segment. */
  readonly numbers: Uint32Array<ArrayBuffer>;
}

export interface TopEntry {
  readonly key: string;
  /** As it was first stated. */
  readonly spelled: string;
  readonly count: number;
}

/** The values of a column in the whole list. It stays in memory between queries, because it takes long to build. */
export class Vocabulary {
  readonly #numbers = new Map<string, number>();
  readonly #keys: string[] = [];
  readonly #spelled: string[] = [];
  readonly #kinds: string[] = [];
  readonly #segments = new Map<number, Numbered>();
  readonly #kindOf: (key: string) => string;

  /** @param kindOf classifies values, once each */
  constructor(kindOf: (key: string) => string) {
    this.#kindOf = kindOf;
  }

  get size(): number {
    return this.#keys.length;
  }

  /** The numbers of a segment's values in the whole list. */
  numbersOf(segment: number, words: Words): Uint32Array<ArrayBuffer> {
    const known = this.#segments.get(segment);
    if (known?.words === words) return known.numbers;
    const numbers = new Uint32Array(words.count);
    const spelled = words.spelled?.split('\n');
    words.keys.split('\n').forEach((key, at) => {
      numbers[at] = this.#numberOf(key, spelled?.[at] ?? key);
    });
    this.#segments.set(segment, { words, numbers });
    return numbers;
  }

  keyOf(number: number): string {
    return this.#keys[number] ?? '';
  }

  spelledOf(number: number): string {
    return this.#spelled[number] ?? '';
  }

  kindOf(number: number): string {
    return this.#kinds[number] ?? '';
  }

  #numberOf(key: string, spelled: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#keys.length;
    this.#numbers.set(key, number);
    this.#keys.push(key);
    this.#spelled.push(spelled);
    this.#kinds.push(this.#kindOf(key));
    return number;
  }
}

/** Counts how often each value of a vocabulary occurs. */
export class Tally {
  #counts = new Uint32Array(1024);

  /** Adds the counts of a segment. */
  add(local: Uint32Array, numbers: Uint32Array, size: number): void {
    if (size > this.#counts.length) {
      const larger = new Uint32Array(Math.max(size, this.#counts.length * 2));
      larger.set(this.#counts);
      this.#counts = larger;
    }
    for (let at = 0; at < local.length; at += 1) {
      const count = local[at] ?? 0;
      if (count === 0) continue;
      const number = numbers[at] ?? 0;
      this.#counts[number] = (this.#counts[number] ?? 0) + count;
    }
  }

  /** How many different values occur. */
  distinct(accepts: (number: number) => boolean): number {
    let distinct = 0;
    for (let number = 0; number < this.#counts.length; number += 1) {
      if ((this.#counts[number] ?? 0) > 0 && accepts(number)) distinct += 1;
    }
    return distinct;
  }

  /** The most frequent values, in the order of their counts; equal counts by code units. */
  top(vocabulary: Vocabulary, most: number, accepts: (number: number) => boolean): readonly TopEntry[] {
    const least = this.#leastOfTop(most, accepts);
    const above: TopEntry[] = [];
    const equal = new FirstKeys(most);
    for (let number = 0; number < this.#counts.length; number += 1) {
      const count = this.#counts[number] ?? 0;
      if (count < least || count === 0 || !accepts(number)) continue;
      const key = vocabulary.keyOf(number);
      if (count === least) equal.add(key, number);
      else above.push({ key, spelled: vocabulary.spelledOf(number), count });
    }
    above.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
    const rest = equal.entries().map(({ key, number }) => ({
      key,
      spelled: vocabulary.spelledOf(number),
      count: least,
    }));
    return [...above, ...rest].slice(0, most);
  }

  /** The count of the last of the most frequent values. */
  #leastOfTop(most: number, accepts: (number: number) => boolean): number {
    let largest = 0;
    for (const count of this.#counts) if (count > largest) largest = count;
    const frequency = new Uint32Array(largest + 1);
    for (let number = 0; number < this.#counts.length; number += 1) {
      const count = this.#counts[number] ?? 0;
      if (count > 0 && accepts(number)) frequency[count] = (frequency[count] ?? 0) + 1;
    }
    let left = most;
    for (let count = largest; count > 0; count -= 1) {
      left -= frequency[count] ?? 0;
      if (left <= 0) return count;
    }
    return 1;
  }
}

/** Keeps the first few of many keys, in their order. */
class FirstKeys {
  readonly #most: number;
  readonly #entries: { readonly key: string; readonly number: number }[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  add(key: string, number: number): void {
    const last = this.#entries.at(-1);
    if (this.#entries.length >= this.#most && (last === undefined || key >= last.key)) return;
    let at = this.#entries.length;
    while (at > 0 && key < (this.#entries[at - 1]?.key ?? '')) at -= 1;
    this.#entries.splice(at, 0, { key, number });
    if (this.#entries.length > this.#most) this.#entries.pop();
  }

  entries(): readonly { readonly key: string; readonly number: number }[] {
    return this.#entries;
  }
}
