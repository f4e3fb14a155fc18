/** What a list cost, in sums that match the list as it is shown. Pure. */
import type { Snapshot } from '../../lib/model/snapshot.ts';
import type { Statement } from '../../lib/store/ledger.ts';
import type { SpendingLine, Spent } from '../../lib/store/spending.ts';

export interface ShownSpending {
  readonly spent: Spent;
  /** The same by purpose, in the order of a receipt. */
  readonly lines: readonly SpendingLine[];
}

const ORDER: readonly SpendingLine['purpose'][] = ['resolve', 'page', 'fill', 'key-check'];

function add<T extends Pick<Spent, 'charged' | 'maybeCharged' | 'requests'>>(sum: T, more: Plus): T {
  return {
    ...sum,
    charged: sum.charged + more.charged,
    maybeCharged: sum.maybeCharged + more.maybeCharged,
    requests: sum.requests + more.requests,
  };
}

type Plus = Pick<Spent, 'charged' | 'maybeCharged' | 'requests'>;

/**
 * The sums as of the shown list. The ledger is read a moment before or after it, and while a list is collected, both grow
 * together: the difference belongs to the purpose of the latest request.
 * @param requests the number of recorded requests now; `null` if it isn't known
 */
export function spendingAsOf(
  shown: Pick<Snapshot, 'charged' | 'maybeCharged'>,
  { snapshot: then, spent, lines }: Statement,
  requests: number | null,
): ShownSpending {
  const plus: Plus = {
    charged: shown.charged - then.charged,
    maybeCharged: shown.maybeCharged - then.maybeCharged,
    requests: (requests ?? spent.requests) - spent.requests,
  };
  const latest = lines.reduce<SpendingLine | null>(
    (last, line) => (last === null || line.lastAt >= last.lastAt ? line : last),
    null,
  );
  return {
    spent: add(spent, plus),
    lines: lines
      .map((line) => (line === latest ? add(line, plus) : line))
      .sort((a, b) => ORDER.indexOf(a.purpose) - ORDER.indexOf(b.purpose)),
  };
}
