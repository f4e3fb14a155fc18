/** Which commands a text finds, the best first. Pure. */
import { foldText } from '../../../lib/lists/fold.ts';
import type { Command } from './registry.ts';

/** A command whose title starts with the text comes first, then one with a word that does. */
function rank(title: string, text: string): number {
  if (title.startsWith(text)) return 0;
  return title.includes(` ${text}`) ? 1 : 2;
}

/** The commands that have every word of the text in their title, detail, or further words. */
export function matching(commands: readonly Command[], text: string): readonly Command[] {
  const folded = foldText(text).trim();
  if (folded === '') return commands;
  const wanted = folded.split(' ');
  return commands
    .map((command) => {
      const { title, detail = '', words = '' } = command;
      return { command, title: foldText(title), all: foldText(`${title} ${detail} ${words}`) };
    })
    .filter(({ all }) => wanted.every((word) => all.includes(word)))
    .map((found) => ({ ...found, rank: rank(found.title, folded) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ command }) => command);
}
