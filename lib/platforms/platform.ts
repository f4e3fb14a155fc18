/** What a platform is to the rest of the project: how its addresses read, and what its profile pages offer. Pure. */
import type { Platform } from '../model/platform.ts';
import type { Handle } from '../model/profile.ts';

/** A profile as an address names it. */
export interface PageProfile {
  readonly platform: Platform;
  /** In the spelling of the address. */
  readonly handle: Handle;
}

/**
 * An element of a profile page that the button keeps company with.
 *
 * `before` and `after` stand in its row, outside the row's ends, so that nothing of the platform's moves;
 * `above-end` stands over the end of the element's first line.
 */
export interface Anchor {
  readonly selector: string;
  /** An element inside one of these belongs to somebody else's entry in a list. */
  readonly notWithin: string | null;
  readonly side: 'before' | 'after' | 'above-end';
}

/** The part of a document that the data is read from. */
export interface SchemaSource {
  querySelectorAll(
    selector: string,
  ): Iterable<{ readonly textContent: string | null; getAttribute(name: string): string | null }>;
}

/** An element of the profile's own, other than its data, that carries the profile's id. */
export interface IdMark {
  readonly selector: string;
  readonly attribute: string;
  /** Its first group is the id. */
  readonly pattern: RegExp;
}

export interface SitePlatform {
  readonly id: Platform;
  /** As users know it. */
  readonly name: string;
  /** Every host that serves its profile pages. */
  readonly hosts: readonly string[];
  /** How round the corners of its own buttons are, CSS pixels. */
  readonly radius: number;
  /** Best first. */
  readonly anchors: readonly Anchor[];
  /** Whether `text` can be a handle: its characters and length are right and the platform does not use it itself. */
  isHandle(text: string): text is Handle;
  /** The handle whose profile page (or a tab of it) is at `path`, or `null`. The host has been checked. */
  handleInPath(path: string): Handle | null;
  /** The address of a profile page, and of no other: what a provider calls a handle may be any text. */
  profileUrl(handle: string): string;
  /**
   * What only the profile's own page holds, as a selector: without it the button does not float, for the address may be
   * one that the platform uses itself. `null` where the address alone is enough.
   */
  proof(handle: Handle): string | null;
  /** Where a profile's page describes the profile as data (JSON-LD); `null` where it does not. */
  readonly schemaSelector: string | null;
  /** Where the page names the id a second time; `null` where it does not. */
  readonly idMark: IdMark | null;
}
