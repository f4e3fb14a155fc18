/**
 * The shape of the receipt that lies beside every exported file. Flat, so that formats that carry it inside can take it
 * field by field. docs/receipt.md describes it for readers; a change of meaning is a new version.
 */
import { unitSchema } from '../../model/money.ts';
import { platformSchema, relationSchema } from '../../model/platform.ts';
import { z } from '../../zod.ts';

export const RECEIPT_VERSION = 1;

const text = z.nullable(z.string());
const count = z.nullable(z.int().check(z.nonnegative()));
/** ISO 8601, UTC. */
const time = z.nullable(z.iso.datetime());
/** Of `spend_unit`; dollars with their fractions. */
const amount = z.nullable(z.number().check(z.nonnegative()));

export const receiptSchema = z.strictObject({
  receipt: z.literal('followledger'),
  version: z.literal(RECEIPT_VERSION),
  app_version: z.string(),
  written_at: z.iso.datetime(),

  file: z.string(),
  file_format: z.string(),
  file_rows: z.int(),
  file_bytes: z.int(),
  /** Hex. */
  file_sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  file_columns: z.array(z.string()),
  /** In the user's words; `null` where the file holds the whole list. */
  file_filter: text,
  /** In the user's words; `null` is the platform's own order, newest first. */
  file_sort: text,
  /** Fields that a spreadsheet would run, and that were made text. */
  file_guarded_fields: z.int(),
  /** Texts that were cut, because the format has no room for them. */
  file_cut_texts: z.int(),
  /** Of `file_rows`, those of which the file holds an id and nothing else. */
  file_rows_by_id_alone: z.int(),
  /** Of these, the ones that the provider no longer had when their details were asked for: suspended or deleted. */
  file_rows_unavailable: z.int(),

  list_id: z.string(),
  platform: platformSchema,
  handle: z.string(),
  profile_id: text,
  profile_url: z.string(),
  relation: relationSchema,
  /** Who told the facts that follow: the profile's own page, or the provider; `null` where nobody did. */
  profile_facts_by: z.nullable(z.enum(['page', 'provider'])),
  profile_name: text,
  profile_bio: text,
  profile_location: text,
  profile_website: text,
  profile_avatar_url: text,
  profile_followers: count,
  profile_following: count,
  profile_posts: count,
  profile_verified: z.nullable(z.boolean()),
  profile_private: z.nullable(z.boolean()),
  profile_created_at: time,

  provider: z.string(),
  provider_name: z.string(),
  /** Where the key is sent, if that is not the provider's own address; never more than the origin. */
  provider_origin: text,

  /** How many accounts the user asked for; `null` is all. */
  asked_for: count,
  expected: count,
  rows: z.int(),
  /** Of `rows`, those that are known by their id alone; `null` in lists of early versions. */
  rows_by_id_alone: count,
  /** Of these, the ones that the provider no longer had when their details were asked for. */
  rows_unavailable: count,
  duplicates: z.int(),
  unreadable: z.int(),
  /** Entries that were not as expected, by kind; `null` in lists of early versions. */
  unexpected_unavailable: count,
  unexpected_without_account: count,
  unexpected_of_unknown_type: count,
  unexpected_list_for_object: count,
  /** `rows` of `expected`, 0 to 1 and above; `null` without a count. */
  coverage: z.nullable(z.number()),
  complete: z.boolean(),
  /** The state of the list when the file was written: `ended`, or one that it may go on from. */
  state: z.string(),
  outcome: z.nullable(z.enum(['complete', 'ended-early', 'capped', 'stopped', 'stalled', 'failed'])),
  /** Which limit, where the outcome is `capped`. */
  limit: z.nullable(z.enum(['rows', 'cap', 'monthly'])),
  /** What kind of trouble, where there is one. */
  trouble: text,
  /** State or outcome in a sentence, in the user's language. */
  reason: z.string(),

  spend_unit: unitSchema,
  spend_estimate: amount,
  spend_cap: z.number(),
  /** By the spending history. */
  spend_charged: z.number(),
  /** For answers that were lost: in addition, at most. */
  spend_maybe_charged: z.number(),
  /** What the list itself counts: another figure where an older backup of it was restored. */
  spend_charged_by_list: z.number(),
  spend_maybe_charged_by_list: z.number(),
  /** What the price list says for what was charged. */
  spend_by_price_list: z.number(),
  /** ISO 4217; `null` where the user has not said what credits cost. The money fields go with it. */
  money_currency: text,
  money_charged: amount,
  money_maybe_charged: amount,
  requests: z.int(),
  pages: z.int(),

  asked_at: z.iso.datetime(),
  resolved_at: time,
  first_page_at: time,
  updated_at: z.iso.datetime(),
  ended_at: time,
});
export type Receipt = z.infer<typeof receiptSchema>;
