/** Accounts as JSON objects, one a line: what JSON and NDJSON have in common. */
import type { Batch } from '../rows/batch.ts';
import type { EncodeOptions } from '../format.ts';
import { encodeText, createPartWriter, type LinePart, type ValueWriters } from './lines.ts';
import type { Output } from './byte-buffer.ts';
import { escapesOf, MAX_NUMBER_LENGTH, writeCount, createTimeWriter } from './write-bytes.ts';

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
const TRUE = encodeText('true');
const FALSE = encodeText('false');

function writeQuote(output: Output): void {
  output.reserve(1)[output.at] = QUOTE;
  output.at += 1;
}

/** Makes the pieces of a batch's objects, each from its `{` to its `}`. */
export function jsonObjectParts(
  output: Output,
  { columns, source }: EncodeOptions,
): (batch: Batch) => readonly LinePart[] {
  const putTime = createTimeWriter();
  const script: ValueWriters = {
    nothing: encodeText('null'),
    text: (to, text) => {
      writeQuote(to);
      to.text(text, ESCAPES);
      writeQuote(to);
    },
    count: (to, value) => {
      to.at = writeCount(to.reserve(MAX_NUMBER_LENGTH), to.at, value);
    },
    flag: (to, yes) => {
      to.bytes(yes ? TRUE : FALSE);
    },
    time: (to, time) => {
      writeQuote(to);
      to.at = putTime(to.reserve(MAX_NUMBER_LENGTH), to.at, time);
      writeQuote(to);
    },
  };
  const pieceOf = createPartWriter(output, source, script);
  const names = columns.map(({ name }, index) =>
    encodeText(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`),
  );
  const end = encodeText('}');
  return (batch) => [
    ...columns.flatMap((column, index) => [names[index] ?? end, pieceOf(column, batch)]),
    end,
  ];
}
