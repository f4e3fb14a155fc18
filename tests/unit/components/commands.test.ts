import { describe, expect, it } from 'vitest';
import { matching } from '../../../components/shared/commands/matching.ts';
import { addEntries, currentEntries, type Command } from '../../../components/shared/commands/registry.ts';

function command(title: string, more: Partial<Command> = {}): Command {
  return { kind: 'command', id: title, group: 'lists', title, run: () => undefined, ...more };
}

const COMMANDS = [
  command('Export'),
  command('Zoë Ekström @zoe', { detail: 'Followers · TikTok · Nov 29' }),
  command('Ada @ada_research', { detail: 'Followers · X · Nov 28', words: 'Complete' }),
  command('Research @lab', { detail: 'Following · X · Nov 27' }),
];

function found(text: string): readonly string[] {
  return matching(COMMANDS, text).map(({ title }) => title);
}

describe('the command palette', () => {
  it('lists everything until something is typed', () => {
    expect(found('  ')).toHaveLength(COMMANDS.length);
  });

  it.each([
    ['zoe ekstrom', ['Zoë Ekström @zoe']],
    ['ADA_', ['Ada @ada_research']],
    ['tiktok', ['Zoë Ekström @zoe']],
    ['x following', ['Research @lab']],
    ['complete', ['Ada @ada_research']],
    ['nothing like it', []],
  ])('finds by name, handle, platform, and state: %s', (text, titles) => {
    expect(found(text)).toEqual(titles);
  });

  it('puts what starts with the text first', () => {
    expect(found('research')).toEqual(['Research @lab', 'Ada @ada_research']);
  });
});

describe('the registry', () => {
  it('has the entries of all parts until each is removed; a later part replaces an entry', () => {
    const removeFirst = addEntries([command('a'), command('b')]);
    const removeSecond = addEntries([command('b', { title: 'newer' }), command('c')]);
    expect(currentEntries().map(({ title }) => title)).toEqual(['a', 'newer', 'c']);
    removeSecond();
    expect(currentEntries().map(({ title }) => title)).toEqual(['a', 'b']);
    removeFirst();
    expect(currentEntries()).toEqual([]);
  });
});
