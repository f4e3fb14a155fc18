/**
 * The messages for errors and outcomes, in less code than `lib/words`, which has one line for each: here the message's
 * key is derived from the kind. A test ensures that both produce the same text.
 */
import type { StorageError, RunError, RunErrorKind } from '../../lib/model/error.ts';
import type { Outcome } from '../../lib/model/snapshot.ts';
import { platform } from '../../lib/platforms/index.ts';
import type { RunFacts } from '../../lib/words/run-facts.ts';
import { count, translate } from './translate.ts';
import type { Key, Values } from './translate.ts';

type Named<K extends string> = K extends `${infer A}-${infer B}` ? Named<`${A}_${B}`> : K;

/** The key in the message file for a `kind` in the code. */
function messageName<K extends RunErrorKind | Outcome['kind']>(kind: K): Named<K>;
function messageName(kind: string): string {
  return kind.replaceAll('-', '_');
}

function valuesOf(facts: RunFacts): Values {
  return {
    provider: facts.providerName,
    platform: platform(facts.platform).name,
    handle: facts.handle,
    relation: translate(`relation.${facts.relation}`),
    rows: count(facts.rows),
    expected: count(facts.expected ?? 0),
  };
}

function savedRows({ rows }: RunFacts): string {
  return ` ${translate('sentence.kept', { n: count(rows) }, rows)}`;
}

const STORAGE: Readonly<Record<string, Key>> = {
  full: 'storage.full',
  'older-tab': 'storage.older_tab',
  outdated: 'storage.outdated',
  newer: 'storage.newer',
  upgrade: 'storage.upgrade',
  closed: 'storage.closed',
  broken: 'storage.broken',
} satisfies Record<StorageError, Key>;

/** What happened, and what is saved. */
export function errorMessage(runError: RunError, facts: RunFacts): string {
  const values: Record<string, string | number> = { ...valuesOf(facts) };
  for (const [name, value] of Object.entries(runError)) {
    values[name] = typeof value === 'number' && name !== 'status' ? count(value) : String(value);
  }
  values['n'] = values['times'] ?? '';
  if (runError.kind === 'storage') {
    return translate(STORAGE[runError.name] ?? 'error.storage', values) + savedRows(facts);
  }
  if (runError.kind !== 'no-credit')
    return translate(`error.${messageName(runError.kind)}`, values) + savedRows(facts);
  const isShort = runError.required !== null && runError.available !== null && runError.available > 0;
  const key =
    facts.unit === 'usd' ? 'error.no_credit_usd' : isShort ? 'error.no_credit_short' : 'error.no_credit';
  return translate(key, values) + savedRows(facts);
}

/** How a list ended, whether it is complete, and what is saved. */
export function outcomeMessage(outcome: Outcome, facts: RunFacts): string {
  const { rows, expected, relation } = facts;
  const values = valuesOf(facts);
  const { kind } = outcome;
  if (kind === 'failed') return errorMessage(outcome.trouble, facts);
  if (kind === 'updated') {
    const { newAccounts = 0 } = facts;
    return translate('sentence.updated', { ...values, n: count(newAccounts) }, newAccounts);
  }
  if (kind === 'stalled') return translate('sentence.stalled', values) + savedRows(facts);
  if (kind === 'complete') {
    if (rows === 0 && !expected)
      return translate(relation === 'followers' ? 'sentence.empty' : 'sentence.empty_following', values);
    const { idsOnly, unavailable } = facts.withoutDetails ?? { idsOnly: 0, unavailable: 0 };
    const idsAlone = idsOnly - unavailable;
    const missing = [
      ...(unavailable > 0 ? [translate('sentence.no_longer_available', { n: count(unavailable) })] : []),
      ...(idsAlone > 0 ? [translate('sentence.without_details', { n: count(idsAlone) })] : []),
    ].join(', ');
    const name = missing === '' ? 'complete' : 'complete_but';
    const complete = translate(`sentence.${name}`, { n: count(rows), missing }, rows);
    return expected !== null && expected > rows
      ? `${complete} ${translate('sentence.counted', values)}`
      : complete;
  }
  const name = kind === 'capped' && outcome.by === 'monthly' ? 'monthly' : messageName(kind);
  if (rows === 0) {
    return translate(
      name === 'ended_early' && expected === null
        ? 'sentence.none_ended_early_unknown'
        : `sentence.none_${name}`,
      values,
    );
  }
  return translate(expected === null ? `sentence.${name}_unknown` : `sentence.${name}`, values);
}
