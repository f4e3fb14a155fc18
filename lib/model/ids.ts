/** Ids, each with a brand of its own, so that no other string is taken for one. */
import { wellFormed } from '../well-formed.ts';
import { z } from '../zod.ts';

function isWellFormed(text: string): boolean {
  return wellFormed(text) === text;
}

/** A provider's id, as its adapter states it. Branded, so that no other string is taken for one. */
export const providerIdSchema = z
  .string()
  .check(z.regex(/^[a-z0-9.-]{1,40}$/))
  .brand<'ProviderId'>();

export type ProviderId = z.infer<typeof providerIdSchema>;

/** Stands as provider of the sample list, whose accounts are made up: no adapter has this id, so nothing can be asked or paid. */
export const SAMPLE_PROVIDER = providerIdSchema.parse('sample');

/**
 * A platform's id of an account: decimal digits on X and TikTok, never a JavaScript number. Where a provider does not
 * give TikTok's number, it is TikTok's other stable id, of 76 characters, or the handle.
 */
export const accountIdSchema = z
  .string()
  .check(z.minLength(1), z.maxLength(128), z.refine(isWellFormed))
  .brand<'AccountId'>();

export type AccountId = z.infer<typeof accountIdSchema>;

/** A provider's opaque answer to "where does the next page begin". One that no file could carry could not be sent back. */
export const cursorSchema = z
  .string()
  .check(z.minLength(1), z.maxLength(8192), z.refine(isWellFormed))
  .brand<'Cursor'>();

export type Cursor = z.infer<typeof cursorSchema>;

export const snapshotIdSchema = z
  .string()
  .check(z.regex(/^[0-9a-f-]{36}$/))
  .brand<'SnapshotId'>();

export type SnapshotId = z.infer<typeof snapshotIdSchema>;
