/** JSON: an array of objects, one account per line. Unknown values are `null`; times are in ISO 8601. */
import { noRemarks, type Encode } from '../format.ts';
import { jsonObjectParts } from '../encoding/json-lines.ts';
import { encodeText, writeLines } from '../encoding/lines.ts';

const COMMA = encodeText(',');
const NEW_LINE = encodeText('\n');

export const encode: Encode = async (batches, output, options) => {
  const objects = jsonObjectParts(output, options);
  let hasObjects = false;
  // A comma before each object except the first of the file.
  const comma = (): void => {
    if (hasObjects) output.bytes(COMMA);
    hasObjects = true;
  };
  output.text('[');
  for await (const batch of batches) {
    writeLines(output, batch.positions.length, [comma, NEW_LINE, ...objects(batch)]);
  }
  output.text('\n]\n');
  return noRemarks;
};
