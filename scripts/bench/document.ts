/** The table of docs/benchmarks.md, between two marks that stay. */
import { readFile, writeFile } from 'node:fs/promises';
import { runTool } from '../command.ts';

const BEGIN = '<!-- figures: made by `npm run bench -- --markdown` -->';
const END = '<!-- end of the figures -->';

/** `text` with what is between the marks replaced. @throws Error when it lacks them */
export function withFigures(text: string, figures: string): string {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from === -1 || to < from) throw new Error(`The document lacks its marks: ${BEGIN} and ${END}.`);
  return `${text.slice(0, from + BEGIN.length)}\n\n${figures}\n\n${text.slice(to)}`;
}

/** Replaces a document's figures. @throws Error as {@link withFigures} does, or when it cannot be written */
export async function writeFigures(path: string, figures: string): Promise<void> {
  await writeFile(path, withFigures(await readFile(path, 'utf8'), figures));
  const formatted = await runTool('prettier', ['--write', path]);
  if (formatted.code !== 0) throw new Error(formatted.output);
}
