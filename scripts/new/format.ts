import { camelCase, titleOf } from './names.ts';
import type { Skeleton } from './skeletons.ts';

const code = (title: string): string => `
/** ${title}: TODO: one sentence about the format, with a link to its specification. */
import { noRemarks, type Encode } from '../format.ts';
import { jsonObjectParts } from '../encoding/json-lines.ts';
import { encodeText, writeLines } from '../encoding/lines.ts';

const NEW_LINE = encodeText('\\n');

export const encode: Encode = async (batches, output, options) => {
  // TODO: what is written for each column. \`lines.ts\` has the parts for other formats than JSON.
  const objects = jsonObjectParts(output, options);
  for await (const batch of batches) {
    writeLines(output, batch.positions.length, [...objects(batch), NEW_LINE]);
  }
  return noRemarks;
};
`;

const test = (name: string, title: string): string => `
import { expect, it } from 'vitest';
import { formatById } from '../../../lib/export/formats.ts';
import { account } from '../collector/test-collector.ts';
import { written } from './encoded-files.ts';

it('${title} is registered, and its file contains every account', async () => {
  expect(formatById('${name}')).toBeDefined();
  const accounts = [account(1), account(2)];
  const { bytes } = await written('${name}', accounts);
  // TODO: read the file with a library that shares no code with the encoder, and compare every cell.
  const ids = bytes.toString('utf8').trimEnd().split('\\n').map((line) => (JSON.parse(line) as { id: string }).id);
  expect(ids).toEqual(accounts.map(({ id }) => id));
});
`;

/** A new format, which writes NDJSON until it is changed. */
export function formatSkeleton(name: string): Skeleton {
  const title = titleOf(name);
  return {
    files: [
      { path: `lib/export/formats/${name}.ts`, text: code(title) },
      { path: `tests/unit/export/${name}.test.ts`, text: test(name, title) },
    ],
    remaining: [
      `lib/export/formats.ts, in the order of the menu: { id: '${name}', name: '${title}', extension: '${camelCase(name)}', mimeType: '…' },`,
      `lib/export/formats/${name}.ts: the TODOs. The encoder streams: it never holds more than one batch.`,
      `tests/unit/export/readers.test.ts: read the nasty accounts with an independent reader.`,
    ],
    guide: 'docs/extending.md#an-export-format',
  };
}
