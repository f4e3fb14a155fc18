/** JSON: one array of objects, an account a line, unknown as `null`, times in ISO 8601. */
import { nothingToRemark, type Encode } from '../format.ts';
import { jsonObjects } from '../json-lines.ts';
import { writeLines } from '../lines.ts';

export const encode: Encode = async (batches, output, options) => {
  const objects = jsonObjects(options);
  const write = (text: string): void => output.text(text);
  let begun = false;
  output.text('[');
  for await (const batch of batches) {
    const count = batch.positions.length;
    if (count === 0) continue;
    // A comma before each object but the file's first.
    const commas = begun ? ',\n' : Array.from({ length: count }, (_, row) => (row === 0 ? '\n' : ',\n'));
    writeLines(count, [commas, ...objects(batch)], write);
    begun = true;
  }
  output.text('\n]\n');
  return nothingToRemark;
};
