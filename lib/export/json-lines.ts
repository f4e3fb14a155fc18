/** Accounts as JSON objects, one a line: what JSON and NDJSON have in common. */
import type { Batch } from './batch.ts';
import type { EncodeOptions } from './format.ts';
import { isoTimes, pieceOf, type Piece, type Script } from './lines.ts';

// eslint-disable-next-line no-control-regex -- JSON wants them escaped
const NEEDS_ESCAPES = /["\\\u0000-\u001F]/;

/** A JSON string. Text from the store is well-formed, so that nothing else has to be escaped. */
function jsonText(text: string): string {
  return NEEDS_ESCAPES.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** Makes the pieces of a batch's objects, each from its `{` to its `}`. */
export function jsonObjects({ columns, source }: EncodeOptions): (batch: Batch) => readonly Piece[] {
  const iso = isoTimes();
  const script: Script = {
    nothing: 'null',
    text: jsonText,
    count: String,
    flag: String,
    time: (time) => `"${iso(time)}"`,
  };
  return (batch) => [
    ...columns.flatMap((column, index) => [
      `${index === 0 ? '{' : ','}${JSON.stringify(column.name)}:`,
      pieceOf(column, batch, source, script),
    ]),
    '}',
  ];
}
