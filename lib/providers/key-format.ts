/** What a provider's keys look like, and how they are sent. */
export interface KeyFormat {
  /** Header and the value made of the key, e.g. `Bearer …`. */
  readonly header: (key: string) => readonly [name: string, value: string];
  /** What a pasted text means as a key: white space and copied prefixes go. */
  readonly clean: (pasted: string) => string;
  /** The start of every key of this provider, or `null` where keys have none. */
  readonly prefix: string | null;
  readonly placeholder: string;
  /** Where a user gets one. */
  readonly url: string;
}
