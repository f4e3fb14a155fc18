/** Encodes accounts as JSON objects, one per line, for JSON and NDJSON. */
import type { Batch } from '../rows/batch.ts';
import type { EncodeOptions } from '../format.ts';
import { encodeText, createPartWriter, type LinePart, type ValueWriters } from './lines.ts';
import type { Output } from './byte-buffer.ts';
import { escapesOf, MAX_NUMBER_LENGTH, writeCount, createTimeWriter } from './write-bytes.ts';

/** The escapes of `JSON.stringify`. Text from the store is well-formed, so that nothing else has to be escaped. */
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

/** Returns a function that creates the line parts of a batch's objects, from `{` to `}`. */
export function jsonObjectParts(
  output: Output,
  { columns, source }: EncodeOptions,
): (batch: Batch) => readonly LinePart[] {
  const writeTime = createTimeWriter();
  const writers: ValueWriters = {
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
      to.at = writeTime(to.reserve(MAX_NUMBER_LENGTH), to.at, time);
      writeQuote(to);
    },
  };
  const partOf = createPartWriter(output, source, writers);
  const names = columns.map(({ name }, index) =>
    encodeText(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`),
  );
  const end = encodeText('}');
  return (batch) => [
    ...columns.flatMap((column, index) => [names[index] ?? end, partOf(column, batch)]),
    end,
  ];
}
