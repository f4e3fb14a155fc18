/** The columns of a file with the changes between two lists, in order. Names and order must not change. */
import { accountFields, fieldHas, type Account, type AccountField } from '../../model/account.ts';
import type { Batch } from './batch.ts';
import { columns as listColumns, each, type Column, type Values } from './columns.ts';

/** The fields of which the file states both sides. */
const FIELDS = [
  'handle',
  'name',
  'bio',
  'location',
  'website',
  'verified',
  'verifiedType',
  'private',
] as const satisfies readonly AccountField[];

type Side = 'older' | 'newer';
type OfBatch<T> = (batch: Batch) => readonly (T | null)[] | null;

function text(name: string, values: OfBatch<string>): Column {
  return { name, type: 'text', values: (batch) => each<string>(values(batch)) };
}

function position(name: string, side: Side): Column {
  const values = ({ positions, change }: Batch): Values<number> =>
    each<number>(change?.list === side ? positions : (change?.otherPositions ?? null));
  return { name, type: 'count', values };
}

/** One field of the accounts of a batch. */
function accountAt<F extends AccountField>(
  accounts: Pick<Batch['accounts'], F>,
  field: F,
): readonly (Account[F] | null)[] | null {
  const values: readonly Account[AccountField][] | null = accounts[field];
  // Each column holds values of its own field.
  return values as readonly (Account[F] | null)[] | null;
}

/** What one of the lists states: about the accounts of its own batches, and about those that differ in the other. */
function stated<F extends AccountField>(field: F, side: Side): OfBatch<Account[F]> {
  return ({ accounts, change }) => {
    if (change?.list === side) return accountAt(accounts, field);
    return side === 'older' ? (change?.before.map((account) => account?.[field] ?? null) ?? null) : null;
  };
}

function ofField(field: (typeof FIELDS)[number], side: Side): Column {
  const name = `${side}_${accountFields[field].column}`;
  return fieldHas(field, { kind: 'flag' })
    ? { name, type: 'flag', values: (batch) => each<boolean>(stated(field, side)(batch)) }
    : { name, type: 'text', values: (batch) => each<string>(stated(field, side)(batch)) };
}

/** Columns that files of a list have too, with the same content. */
const SHARED = ['platform', 'source_handle', 'source_id', 'relation', 'followed_after', 'followed_before'];

export const changeColumns: readonly Column[] = [
  text('status', ({ change }) => change?.statuses ?? null),
  text('certainty', ({ change }) => change?.certainties ?? null),
  text('reasons', ({ change }) => change?.reasons ?? null),
  text('id', ({ accounts }) => accounts.id),
  ...FIELDS.flatMap((field) => [ofField(field, 'older'), ofField(field, 'newer')]),
  position('older_position', 'older'),
  position('newer_position', 'newer'),
  ...listColumns.filter(({ name }) => SHARED.includes(name)),
];
