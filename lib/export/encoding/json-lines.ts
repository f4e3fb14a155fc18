/** Accounts as JSON objects, one a line: what JSON and NDJSON have in common. */
import type { Batch } from '../rows/batch.ts';
import type { EncodeOptions } from '../format.ts';
import { fixed, piecesFor, type Piece, type Script } from './lines.ts';
import type { Output } from './byte-buffer.ts';
import { escapesOf, MOST_OF_NUMBER, putCount, timePutter } from './write-bytes.ts';

/** What JSON wants escaped, as `JSON.stringify` does it. Text from the store is well-formed: nothing else has to be. */
const ESCAPES = escapesOf(
  Object.fromEntries(
    ['"', '\\', ...Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code))].map((character) => [
      character,
      JSON.stringify(character).slice(1, -1),
    ]),
  ),
);

const QUOTE = 0x22;
const TRUE = fixed('true');
const FALSE = fixed('false');

function writeQuote(output: Output): void {
  output.room(1)[output.at] = QUOTE;
  output.at += 1;
}

/** Makes the pieces of a batch's objects, each from its `{` to its `}`. */
export function jsonObjects(
  output: Output,
  { columns, source }: EncodeOptions,
): (batch: Batch) => readonly Piece[] {
  const putTime = timePutter();
  const script: Script = {
    nothing: fixed('null'),
    text: (to, text) => {
      writeQuote(to);
      to.text(text, ESCAPES);
      writeQuote(to);
    },
    count: (to, value) => {
      to.at = putCount(to.room(MOST_OF_NUMBER), to.at, value);
    },
    flag: (to, yes) => {
      to.bytes(yes ? TRUE : FALSE);
    },
    time: (to, time) => {
      writeQuote(to);
      to.at = putTime(to.room(MOST_OF_NUMBER), to.at, time);
      writeQuote(to);
    },
  };
  const pieceOf = piecesFor(output, source, script);
  const names = columns.map(({ name }, index) => fixed(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`));
  const end = fixed('}');
  return (batch) => [
    ...columns.flatMap((column, index) => [names[index] ?? end, pieceOf(column, batch)]),
    end,
  ];
}
