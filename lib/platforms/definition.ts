/** What the rest of the project knows about a platform: its addresses, and what its profile pages offer. Pure. */
import type { Platform } from '../model/platform.ts';
import type { Handle } from '../model/profile.ts';

/** A profile that an address leads to. */
export interface PageProfile {
  readonly platform: Platform;
  /** In the spelling of the address. */
  readonly handle: Handle;
}

/**
 * An element of a profile page beside which the button is placed.
 *
 * `before` and `after` are in its row, outside the row's ends, so that nothing of the platform's moves;
 * `above-end` is over the end of the element's first line.
 */
export interface Anchor {
  readonly selector: string;
  /** An element inside one of these belongs to another account's entry in a list. */
  readonly notWithin: string | null;
  readonly side: 'before' | 'after' | 'above-end';
}

/** The part of a document that the data is read from. */
export interface SchemaSource {
  querySelectorAll(
    selector: string,
  ): Iterable<{ readonly textContent: string | null; getAttribute(name: string): string | null }>;
}

/** An element of the profile's own, other than its data, that contains the profile's ID. */
export interface IdMark {
  readonly selector: string;
  readonly attribute: string;
  /** Its first group is the ID. */
  readonly pattern: RegExp;
}

export interface PlatformDefinition {
  readonly id: Platform;
  /** As users know it. */
  readonly name: string;
  /** Every host that serves its profile pages: the extension's host permissions are made of them. */
  readonly hosts: readonly string[];
  /**
   * The hosts of its pictures; `*.` is any host below. Pictures are loaded from nowhere else, by the code and by the
   * content security policy.
   */
  readonly pictureHosts: readonly string[];
  /** How round the corners of its own buttons are, CSS pixels. */
  readonly radius: number;
  /** Best first. */
  readonly anchors: readonly Anchor[];
  /** Whether `text` can be a handle: its characters and length are right, and the platform does not use it itself. */
  isHandle(text: string): text is Handle;
  /** The handle whose profile page (or a tab of it) is at `path`, or `null`. The host has been checked. */
  handleInPath(path: string): Handle | null;
  /**
   * The handle that a typed or pasted link belongs to, or `null`: takes posts, pictures, and old and unusual addresses,
   * too. The host has been checked.
   */
  handleInLink(url: URL): Handle | null;
  /** The address of a profile page, and of no other: a handle that a provider states may be any text. */
  profileUrl(handle: string): string;
  /**
   * A selector of what only a profile's own page contains. Without it the button does not float, because the address may
   * be one that the platform uses itself. `null` where the address alone is enough.
   */
  proof(handle: Handle): string | null;
  /**
   * The number of accounts at which it usually stops listing, whatever the profile's count is; `null` where it lists all.
   */
  readonly usuallyServes: { readonly from: number; readonly to: number } | null;
  /** Where a profile's page describes the profile as data (JSON-LD); `null` where it does not. */
  readonly schemaSelector: string | null;
  /** Where the page states the ID a second time; `null` where it does not. */
  readonly idMark: IdMark | null;
}
