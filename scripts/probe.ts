/**
 * `npm run probe -- PROVIDER HANDLE [--base-url URL] [--yes]`: asks a provider what its documentation leaves open, with the
 * key in `FOLLOWLEDGER_KEY`. Without `--yes` it only states the most that this can cost. It writes a report without the key and
 * without people, and the responses as a recorded test.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { adapters } from '../lib/providers/index.ts';
import { ROOT } from './command.ts';
import { mostOf, probe, stepsOf } from './probe/probe.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'base-url': { type: 'string' }, yes: { type: 'boolean', default: false } },
});
const [name = '', handle = ''] = positionals;
const adapter = adapters.find(({ id }) => String(id) === name);
const key = process.env['FOLLOWLEDGER_KEY'] ?? '';

if (adapter === undefined || handle === '') {
  console.error(`Usage: npm run probe -- PROVIDER HANDLE [--base-url URL] [--yes]
PROVIDER is one of: ${adapters.map(({ id }) => id).join(', ')}`);
  process.exitCode = 1;
} else {
  const most = mostOf(adapter);
  const { unit } = adapter.price;
  const amount = unit === 'usd' ? `US$${String(most / 1_000_000)}` : `${String(most)} ${unit}`;
  console.log(
    `${adapter.name}: ${String(stepsOf(adapter).length)} requests, at most ${amount}, about @${handle}.`,
  );
  if (!values.yes)
    console.log('Nothing was sent. To send them, put your key into FOLLOWLEDGER_KEY and add --yes.');
  else if (key === '') {
    console.error('FOLLOWLEDGER_KEY is empty.');
    process.exitCode = 1;
  } else {
    const options = {
      adapter,
      key: adapter.key.clean(key),
      baseUrl: values['base-url'] ?? adapter.origin,
      handle,
    };
    const { recording, report } = await probe(options, most);
    const out = join(ROOT, 'out');
    await mkdir(out, { recursive: true });
    const reportFile = join(out, `probe-${name}.md`);
    const recordingFile = join(ROOT, 'tests/recorded', `${name}.json`);
    await writeFile(reportFile, report);
    await mkdir(join(ROOT, 'tests/recorded'), { recursive: true });
    await writeFile(recordingFile, `${JSON.stringify(recording, null, 2)}\n`);
    console.log(
      `\n${report}\nWritten: ${reportFile}\nRecorded: ${recordingFile}. Please check both before you attach them, and run npm run format.`,
    );
  }
}
