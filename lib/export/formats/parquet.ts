/**
 * Parquet: typed columns, compressed with Snappy, in row groups. Unknown is null. The receipt is in the file's
 * key-value metadata.
 */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Batch } from '../rows/batch.ts';
import { DISTINCT_COLUMNS, type Column, type ExportSource, type Values } from '../rows/columns.ts';
import { noRemarks, type Encode } from '../format.ts';
import type { Output } from '../encoding/byte-buffer.ts';
import { writeText, UTF8_BYTES_PER_UNIT } from '../encoding/write-bytes.ts';

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** Accounts per row group: enough for readers to skip efficiently, few enough to hold in memory. */
const GROUP_SIZE = 10_000;

/** Passes the library's bytes on to the file after every row group. */
class Writer extends ByteWriter {
  readonly #output: Output;

  constructor(output: Output) {
    super(1 << 20);
    this.#output = output;
  }

  flush(): void {
    this.#output.bytes(this.getBytes());
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}

function elementOf({ name, type }: Column): SchemaElement {
  const repetition_type = 'OPTIONAL';
  switch (type) {
    case 'text':
      return { name, repetition_type, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
    case 'count':
      return { name, repetition_type, type: 'INT64' };
    case 'flag':
      return { name, repetition_type, type: 'BOOLEAN' };
    case 'time':
      return { name, repetition_type, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' };
  }
}

type Cell = string | Uint8Array | bigint | boolean | null;

/** Encodes texts as UTF-8 in one shared buffer. */
function encoded(texts: readonly (string | null)[]): Cell[] {
  const units = texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
  const all = new Uint8Array(units * UTF8_BYTES_PER_UNIT);
  let end = 0;
  return texts.map((text) => {
    if (text === null) return null;
    const start = end;
    end = writeText(all, start, text, null);
    return all.subarray(start, end);
  });
}

function cells<T>(values: Values<T>, count: number, of: (value: T) => Cell): Cell[] {
  if (values.kind === 'each') return values.values.map((value) => (value === null ? null : of(value)));
  const { value } = values;
  const cell = value === null ? null : of(value);
  return Array.from({ length: count }, () => cell);
}

function cellsOf(column: Column, batch: Batch, source: ExportSource): Cell[] {
  const count = batch.positions.length;
  switch (column.type) {
    case 'text': {
      const values = column.values(batch, source);
      // For strings, the library would look for repeated values and for the minimum and maximum, which is slow and
      // doesn't help readers to skip anything.
      return values.kind === 'each' && DISTINCT_COLUMNS.has(column.name)
        ? encoded(values.values)
        : cells(values, count, (value) => value);
    }
    case 'flag':
      return cells(column.values(batch, source), count, (value) => value);
    case 'count':
      return cells(column.values(batch, source), count, (n) =>
        Number.isFinite(n) ? BigInt(Math.trunc(n)) : null,
      );
    case 'time':
      return cells(column.values(batch, source), count, BigInt);
  }
}

export const encode: Encode = async (batches, output, { columns, source, receipt }) => {
  const writer = new ParquetWriter({
    writer: new Writer(output),
    schema: [{ name: 'accounts', num_children: columns.length }, ...columns.map(elementOf)],
    codec: 'SNAPPY',
    createdBy: 'Followledger',
    kvMetadata: receipt(noRemarks).flatMap(([key, value]) =>
      value === null ? [] : [{ key: `followledger.${key}`, value: String(value) }],
    ),
  });
  let group: Cell[][] = columns.map(() => []);
  const write = async (): Promise<void> => {
    await writer.write({
      columnData: columns.map(({ name }, index) => ({
        name,
        data: group[index] ?? [],
        ...(DISTINCT_COLUMNS.has(name) ? { encoding: 'PLAIN', statistics: false } : {}),
      })),
      rowGroupSize: GROUP_SIZE,
    });
    group = columns.map(() => []);
  };
  let pending = 0;
  for await (const batch of batches) {
    columns.forEach((column, index) => {
      const all = group[index];
      for (const cell of cellsOf(column, batch, source)) all?.push(cell);
    });
    pending += batch.positions.length;
    if (pending >= GROUP_SIZE) {
      await write();
      pending = 0;
    }
  }
  if (pending > 0) await write();
  await writer.finish();
  return noRemarks;
};
