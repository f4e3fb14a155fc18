/** NDJSON: one object per line and nothing else, so that a reader can start at any line. */
import { noRemarks, type Encode } from '../format.ts';
import { jsonObjectParts } from '../encoding/json-lines.ts';
import { encodeText, writeLines } from '../encoding/lines.ts';

const NEW_LINE = encodeText('\n');

export const encode: Encode = async (batches, output, options) => {
  const objects = jsonObjectParts(output, options);
  for await (const batch of batches) {
    writeLines(output, batch.positions.length, [...objects(batch), NEW_LINE]);
  }
  return noRemarks;
};
