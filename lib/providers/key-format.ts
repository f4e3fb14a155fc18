/** What a provider's keys look like, and how they are sent. */
export interface KeyFormat {
  /** The header's name and its value for a key, such as `Bearer …`. */
  readonly header: (key: string) => readonly [name: string, value: string];
  /** Removes whitespace and copied prefixes from a pasted key. */
  readonly clean: (pasted: string) => string;
  /** What every key of this provider starts with; `null` if there is no such prefix. */
  readonly prefix: string | null;
  readonly placeholder: string;
  /** The page where a user gets a key. */
  readonly url: string;
}
