/** The receipt of an exported file: what was requested, what was received, what it cost, and what the file contains. */
import { moneyFor, type CreditPrice, type Unit } from '../../model/money.ts';
import { hasEnded, type Snapshot } from '../../model/snapshot.ts';
import { ownPart } from '../../model/update.ts';
import type { UnexpectedKind } from '../../model/unexpected.ts';
import { profileUrl } from '../../platforms/index.ts';
import type { Spent } from '../../store/spending.ts';
import { factsOf } from '../../words/run-facts.ts';
import { statusMessage } from '../../words/status.ts';
import { withoutDetails } from '../../words/without-details.ts';
import { RECEIPT_VERSION, type Receipt } from './shape.ts';

/** The file that the receipt describes. */
export interface ReceiptFile {
  readonly name: string;
  /** The format's ID, for example `csv`. */
  readonly format: string;
  readonly rows: number;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  readonly columns: readonly string[];
  /** The names of the lists in a file of several. */
  readonly lists?: readonly string[];
  /** A description of the filter; `null` for the whole list. */
  readonly filter: string | null;
  /** A description of the order; `null` for the platform's own. */
  readonly sort: string | null;
  readonly guarded: number;
  readonly cut: number;
  readonly idsOnly: number;
  readonly unavailable: number;
}

export interface ReceiptInput {
  readonly snapshot: Snapshot;
  /** The list's ledger entries, summed. */
  readonly spent: Spent;
  /** The provider's name and default origin, as this version knows them. */
  readonly provider: { readonly name: string; readonly origin: string | null };
  readonly creditPrice: CreditPrice | null;
  readonly file: ReceiptFile;
  readonly appVersion: string;
  /** Epoch milliseconds. */
  readonly writtenAt: number;
}

const MICRO = 1_000_000;

function iso(at: number): string {
  return new Date(at).toISOString();
}

/** A provider's time may be any number. If it isn't a valid date, it is unknown. */
function isoOrNull(at: number | null): string | null {
  return at === null || Number.isNaN(new Date(at).getTime()) ? null : iso(at);
}

function inUnit(unit: Unit, n: number): number {
  return unit === 'usd' ? n / MICRO : n;
}

/** The origins that requests were sent to, if at least one of them isn't the provider's own. */
function otherOrigins({ origins = [] }: Snapshot, baseUrl: string | null): string | null {
  const isOwn = (origin: string): boolean => baseUrl !== null && origin === new URL(baseUrl).origin;
  return origins.every(isOwn) ? null : origins.join(' ');
}

function profilePart({ facts, hinted }: Snapshot) {
  return {
    profile_facts_by: facts === null ? null : hinted ? 'page' : 'provider',
    profile_name: facts?.name ?? null,
    profile_bio: facts?.bio ?? null,
    profile_location: facts?.location ?? null,
    profile_website: facts?.website ?? null,
    profile_avatar_url: facts?.avatarUrl ?? null,
    profile_followers: facts?.followers ?? null,
    profile_following: facts?.following ?? null,
    profile_posts: facts?.posts ?? null,
    profile_verified: facts?.verified ?? null,
    profile_private: facts?.private ?? null,
    profile_created_at: isoOrNull(facts?.createdAt ?? null),
  } as const;
}

function unexpectedPart({ unexpected }: Snapshot) {
  const counted = (kind: UnexpectedKind) => (unexpected === undefined ? null : (unexpected[kind] ?? 0));
  return {
    unexpected_unavailable: counted('unavailable'),
    unexpected_without_account: counted('no-account'),
    unexpected_of_unknown_type: counted('unknown-type'),
    unexpected_list_for_object: counted('list-for-object'),
  };
}

function detailsPart(snapshot: Snapshot) {
  const counts = withoutDetails(snapshot);
  return { rows_by_id_alone: counts?.idsOnly ?? null, rows_unavailable: counts?.unavailable ?? null };
}

function outcomePart({ state }: Snapshot) {
  const outcome = hasEnded(state) ? state.outcome : null;
  const error =
    state.kind === 'blocked' || state.kind === 'waiting'
      ? state.trouble
      : outcome?.kind === 'failed'
        ? outcome.trouble
        : null;
  return {
    complete: outcome?.kind === 'complete',
    state: state.kind,
    outcome: outcome?.kind ?? null,
    limit: outcome?.kind === 'capped' ? outcome.by : null,
    trouble: error?.kind ?? null,
  };
}

function spendPart({ snapshot, spent, creditPrice }: ReceiptInput) {
  const { unit, estimate, cap } = snapshot;
  const { charged, maybeCharged } = spent;
  const price = unit === 'usd' ? { currency: 'USD', perThousand: 1000 } : creditPrice;
  const money = (n: number): number | null => (price === null ? null : moneyFor(n, price) / MICRO);
  return {
    spend_unit: unit,
    spend_estimate: estimate?.amount == null ? null : inUnit(unit, estimate.amount),
    spend_cap: inUnit(unit, cap),
    spend_charged: inUnit(unit, charged),
    spend_maybe_charged: inUnit(unit, maybeCharged),
    spend_charged_by_list: inUnit(unit, snapshot.charged),
    spend_maybe_charged_by_list: inUnit(unit, snapshot.maybeCharged),
    spend_by_price_list: inUnit(unit, spent.listed),
    money_currency: price?.currency ?? null,
    money_charged: money(charged),
    money_maybe_charged: money(maybeCharged),
    requests: spent.requests,
  };
}

/** What an updated list rests on. */
function updatePart({ update }: Snapshot) {
  const joined = update?.joined ?? null;
  return {
    update_of: update?.base ?? null,
    update_since: update === undefined ? null : iso(update.since),
    update_new_accounts: joined?.newAccounts ?? null,
    update_earlier_rows: joined?.rows ?? null,
    update_full_at: update === undefined ? null : iso(update.full.startedAt),
    update_full_complete: update?.full.isComplete ?? null,
  };
}

/** Creates the receipt of a file. It contains no key, no cursor, and no account except the profile's own. */
export function receiptOf(input: ReceiptInput): Receipt {
  const { snapshot, provider, file, writtenAt } = input;
  const { platform, handle, expected, rows } = snapshot;
  return {
    receipt: 'followledger',
    version: RECEIPT_VERSION,
    app_version: input.appVersion,
    written_at: iso(writtenAt),
    file: file.name,
    file_format: file.format,
    file_rows: file.rows,
    file_bytes: file.bytes,
    file_sha256: file.sha256,
    file_columns: [...file.columns],
    file_lists: file.lists === undefined ? null : [...file.lists],
    file_filter: file.filter,
    file_sort: file.sort,
    file_guarded_fields: file.guarded,
    file_cut_texts: file.cut,
    file_rows_by_id_alone: file.idsOnly,
    file_rows_unavailable: file.unavailable,
    list_id: snapshot.id,
    platform,
    handle,
    profile_id: snapshot.profileId,
    profile_url: profileUrl(platform, handle),
    relation: snapshot.relation,
    ...profilePart(snapshot),
    provider: snapshot.provider,
    provider_name: provider.name,
    provider_origin: otherOrigins(snapshot, provider.origin),
    asked_for: snapshot.howMany,
    expected,
    rows,
    ...detailsPart(snapshot),
    duplicates: snapshot.duplicates,
    unreadable: snapshot.unreadable,
    ...unexpectedPart(snapshot),
    coverage: expected === null ? null : expected === 0 ? 1 : rows / expected,
    ...outcomePart(snapshot),
    reason: statusMessage(factsOf(snapshot, provider.name, null), writtenAt),
    ...spendPart(input),
    pages: ownPart(snapshot).pages,
    ...updatePart(snapshot),
    // Known once the accounts were read.
    follow_times_pages: null,
    follow_times_problem: null,
    asked_at: iso(snapshot.createdAt),
    resolved_at: isoOrNull(snapshot.resolvedAt),
    first_page_at: isoOrNull(snapshot.startedAt),
    updated_at: iso(snapshot.updatedAt),
    ended_at: isoOrNull(snapshot.endedAt),
  };
}
