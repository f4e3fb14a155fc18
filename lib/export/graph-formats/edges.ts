/**
 * The edges of a graph as CSV (RFC 4180), without the byte order mark of other CSV files: programs that read graphs would
 * take it for a part of the first column's name.
 */
import { EDGE_COLUMNS } from '../formats.ts';
import { writeField } from '../encoding/delimited.ts';
import type { Output } from '../encoding/byte-buffer.ts';
import { createTimeWriter, MAX_NUMBER_LENGTH } from '../encoding/write-bytes.ts';
import type { EncodeGraph } from '../graph.ts';

export const encode: EncodeGraph = async ({ edges }, output) => {
  const writeTime = createTimeWriter();
  const time = (to: Output, value: number | null): void => {
    if (value !== null) to.at = writeTime(to.reserve(MAX_NUMBER_LENGTH), to.at, value);
  };
  output.text(`${EDGE_COLUMNS.join(',')}\r\n`);
  for await (const batch of edges()) {
    for (const { source, target, relation, followedAfter, followedBefore } of batch) {
      // The platform in front of an ID can't start a formula.
      writeField(output, source, true);
      output.text(',');
      writeField(output, target, true);
      output.text(`,${relation},`);
      time(output, followedAfter);
      output.text(',');
      time(output, followedBefore);
      output.text('\r\n');
    }
  }
};
