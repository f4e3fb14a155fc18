/** Updates the table in docs/benchmarks.md, between two markers. */
import { readFile, writeFile } from 'node:fs/promises';
import { runTool } from '../command.ts';

const BEGIN = '<!-- figures: made by `npm run bench -- --markdown` -->';
const END = '<!-- end of the figures -->';

/** Replaces the text between the markers. @throws Error if they are missing */
export function withFigures(text: string, figures: string): string {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from === -1 || to < from) throw new Error(`The markers ${BEGIN} and ${END} are missing.`);
  return `${text.slice(0, from + BEGIN.length)}\n\n${figures}\n\n${text.slice(to)}`;
}

/** Replaces a document's figures. @throws Error if the markers are missing or the file cannot be written */
export async function writeFigures(path: string, figures: string): Promise<void> {
  await writeFile(path, withFigures(await readFile(path, 'utf8'), figures));
  const formatted = await runTool('prettier', ['--write', path]);
  if (formatted.code !== 0) throw new Error(formatted.output);
}
