/** IDs, each a branded type, so that no other string can be used as one. */
import { wellFormed } from '../well-formed.ts';
import { z } from '../zod.ts';

function isWellFormed(text: string): boolean {
  return wellFormed(text) === text;
}

/** A provider's ID, as its adapter states it. */
export const providerIdSchema = z
  .string()
  .check(z.regex(/^[a-z0-9.-]{1,40}$/))
  .brand<'ProviderId'>();

export type ProviderId = z.infer<typeof providerIdSchema>;

/** The provider of the sample list, whose accounts are made up. No adapter has this ID, so nothing can be requested or paid. */
export const SAMPLE_PROVIDER = providerIdSchema.parse('sample');

/**
 * A platform's ID of an account: decimal digits on X and TikTok, never a JavaScript number. Where a provider does not
 * state TikTok's number, it is TikTok's other stable ID, of 76 characters, or the handle.
 */
export const accountIdSchema = z
  .string()
  .check(z.minLength(1), z.maxLength(128), z.refine(isWellFormed))
  .brand<'AccountId'>();

export type AccountId = z.infer<typeof accountIdSchema>;

/** A provider's opaque position of the next page. It must be well-formed, so that a backup can contain it. */
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
