/** JSON: one array of objects, an account a line, unknown as `null`, times in ISO 8601. */
import { noRemarks, type Encode } from '../format.ts';
import { jsonObjectParts } from '../encoding/json-lines.ts';
import { encodeText, writeLines } from '../encoding/lines.ts';

const COMMA = encodeText(',');
const NEW_LINE = encodeText('\n');

export const encode: Encode = async (batches, output, options) => {
  const objects = jsonObjectParts(output, options);
  let begun = false;
  // A comma before each object but the file's first.
  const comma = (): void => {
    if (begun) output.bytes(COMMA);
    begun = true;
  };
  output.text('[');
  for await (const batch of batches) {
    writeLines(output, batch.positions.length, [comma, NEW_LINE, ...objects(batch)]);
  }
  output.text('\n]\n');
  return noRemarks;
};
