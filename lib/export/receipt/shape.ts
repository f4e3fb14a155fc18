/**
 * The schema of the receipt of an exported file. It is flat, so that formats that contain the receipt can store it field
 * by field. docs/receipt.md describes it for readers. A change of meaning requires a new version.
 */
import { followProblemSchema } from '../../model/follow-times.ts';
import { unitSchema } from '../../model/money.ts';
import { platformSchema, relationSchema } from '../../model/platform.ts';
import { z } from '../../zod.ts';

export const RECEIPT_VERSION = 1;

const text = z.nullable(z.string());
const count = z.nullable(z.int().check(z.nonnegative()));
/** ISO 8601, UTC. */
const time = z.nullable(z.iso.datetime());
/** In `spend_unit`. Dollars may have decimals. */
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
  /** The lists of a file of several lists, and of a graph, newest first; `null` for other files. */
  file_lists: z.nullable(z.array(z.string())),
  /** In the user's language; `null` if the file contains the whole list. */
  file_filter: text,
  /** In the user's language; `null` is the platform's own order, newest first. */
  file_sort: text,
  /** Fields that a spreadsheet would run as a formula, and that were therefore turned into text. */
  file_guarded_fields: z.int(),
  /** Texts that were cut because they are too long for the format. */
  file_cut_texts: z.int(),
  /** How many of `file_rows` have an ID and nothing else in the file. */
  file_rows_by_id_alone: z.int(),
  /** How many of these the provider no longer had when their details were requested: suspended or deleted. */
  file_rows_unavailable: z.int(),

  list_id: z.string(),
  platform: platformSchema,
  handle: z.string(),
  profile_id: text,
  profile_url: z.string(),
  relation: relationSchema,
  /** The source of the facts that follow: the profile's own page or the provider; `null` if there are none. */
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
  /** Where the key is sent, if not to the provider's own address. Only the origin. */
  provider_origin: text,

  /** How many accounts the user requested; `null` is all. */
  asked_for: count,
  expected: count,
  rows: z.int(),
  /** How many of `rows` have only an ID; `null` in lists of early versions. */
  rows_by_id_alone: count,
  /** How many of these the provider no longer had when their details were requested. */
  rows_unavailable: count,
  duplicates: z.int(),
  unreadable: z.int(),
  /** Unexpected entries, by kind; `null` in lists of early versions. */
  unexpected_unavailable: count,
  unexpected_without_account: count,
  unexpected_of_unknown_type: count,
  unexpected_list_for_object: count,
  /** `rows` divided by `expected`, which may exceed 1; `null` if no count is expected. */
  coverage: z.nullable(z.number()),
  complete: z.boolean(),
  /** The state of the list when the file was written: `ended`, or one that it can continue from. */
  state: z.string(),
  outcome: z.nullable(
    z.enum(['complete', 'ended-early', 'updated', 'capped', 'stopped', 'stalled', 'failed']),
  ),
  /** Which limit was reached, if the outcome is `capped`. */
  limit: z.nullable(z.enum(['rows', 'cap', 'monthly', 'shared'])),
  /** The kind of the error, if there is one. */
  trouble: text,
  /** The state or outcome as a sentence in the user's language. */
  reason: z.string(),

  spend_unit: unitSchema,
  spend_estimate: amount,
  spend_cap: z.number(),
  /** According to the spending history. */
  spend_charged: z.number(),
  /** The most that may have been charged in addition, for responses that were lost. */
  spend_maybe_charged: z.number(),
  /** According to the list itself. It differs if an older backup of the list was restored. */
  spend_charged_by_list: z.number(),
  spend_maybe_charged_by_list: z.number(),
  /** What the same requests cost according to the price list. */
  spend_by_price_list: z.number(),
  /** ISO 4217; `null`, like the money fields, if the user hasn't entered the price of credits. */
  money_currency: text,
  money_charged: amount,
  money_maybe_charged: amount,
  requests: z.int(),
  pages: z.int(),
  /** In an updated list, the ID of the list that it brings up to date; otherwise `null`, like the fields below. */
  update_of: text,
  /** Accounts that followed before this were known. */
  update_since: time,
  /** How many accounts the updated list did not contain; `null` if the update did not reach the known ones. */
  update_new_accounts: count,
  /** How many of `rows` come from earlier collections. */
  update_earlier_rows: count,
  /** When the list was last collected in full: who left is known as of then. */
  update_full_at: time,
  /** Whether the end of that collection was confirmed. */
  update_full_complete: z.nullable(z.boolean()),
  /** On how many pages the follow times of the list rest: whose cursors state a time. */
  follow_times_pages: count,
  /** Why the list has no follow times; `null` if it has. */
  follow_times_problem: z.nullable(followProblemSchema),

  asked_at: z.iso.datetime(),
  resolved_at: time,
  first_page_at: time,
  updated_at: z.iso.datetime(),
  ended_at: time,
});
export type Receipt = z.infer<typeof receiptSchema>;
