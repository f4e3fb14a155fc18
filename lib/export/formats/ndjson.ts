/** NDJSON: an object a line and nothing else, so that a reader can begin anywhere. */
import { nothingToRemark, type Encode } from '../format.ts';
import { jsonObjects } from '../encoding/json-lines.ts';
import { fixed, writeLines } from '../encoding/lines.ts';

const NEW_LINE = fixed('\n');

export const encode: Encode = async (batches, output, options) => {
  const objects = jsonObjects(output, options);
  for await (const batch of batches) {
    writeLines(output, batch.positions.length, [...objects(batch), NEW_LINE]);
  }
  return nothingToRemark;
};
