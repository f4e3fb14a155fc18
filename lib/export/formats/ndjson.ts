/** NDJSON: an object a line and nothing else, so that a reader can begin anywhere. */
import { nothingToRemark, type Encode } from '../format.ts';
import { jsonObjects } from '../json-lines.ts';
import { writeLines } from '../lines.ts';

export const encode: Encode = async (batches, output, options) => {
  const objects = jsonObjects(options);
  const write = (text: string): void => output.text(text);
  for await (const batch of batches) {
    writeLines(batch.positions.length, [...objects(batch), '\n'], write);
  }
  return nothingToRemark;
};
