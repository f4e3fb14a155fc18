import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readRules,
  rulesOf,
  savedRules,
  withRules,
  writeRules,
} from '../../../components/audience/rule-files.ts';
import { ruleNames } from '../../../lib/insight/rule-names.ts';
import type { SavedQueries } from '../../../lib/model/saved-query.ts';

const rules = fc
  .record({
    rules: fc.array(
      fc.record({ rule: fc.constantFrom(...ruleNames), n: fc.integer({ min: 0, max: 10_000 }) }),
      {
        minLength: 1,
        maxLength: 10,
      },
    ),
    atLeast: fc.integer({ min: 1, max: 10 }),
  })
  .map((chosen) => ({ kind: 'rules', ...chosen }) as const);
const name = fc.string({ minLength: 1, maxLength: 80 });
const saved: fc.Arbitrary<SavedQueries> = fc
  .array(fc.tuple(fc.uuid(), name, rules), { maxLength: 5 })
  .map((all) => Object.fromEntries(all.map(([id, text, chosen]) => [id, savedRules(text, chosen)])));

describe('saved rules', () => {
  it('are read as they were saved', () => {
    fc.assert(
      fc.property(rules, (chosen) => {
        expect(rulesOf(savedRules('A name', chosen))).toEqual(chosen);
      }),
    );
  });

  it('are in a file what they were, and are not added twice', () => {
    fc.assert(
      fc.property(saved, (all) => {
        const file = readRules(writeRules(all)) ?? [];
        expect(file).toEqual(Object.values(all));
        let number = 0;
        const id = (): string => `new-${String((number += 1))}`;
        expect(withRules(all, file, id)).toEqual(all);
        const added = withRules({}, file, id);
        expect(Object.values(added)).toEqual(file);
        expect(withRules(added, file, id)).toEqual(added);
      }),
    );
  });

  it('of another name or threshold stay beside those that exist', () => {
    const one = savedRules('One', { kind: 'rules', rules: [{ rule: 'neverPosted', n: 0 }], atLeast: 1 });
    const other = savedRules('One', { kind: 'rules', rules: [{ rule: 'fewFollowers', n: 5 }], atLeast: 1 });
    expect(withRules({ a: one }, [other], () => 'b')).toEqual({ a: one, b: other });
  });

  it.each([
    '',
    'not JSON',
    '[]',
    '{"format":"followledger-rules","version":2,"rules":[]}',
    '{"format":"followledger-rules","version":1,"rules":[{"name":"A","at_least":1,"all":[{"rule":"isBot","n":1}]}]}',
    '{"format":"followledger-rules","version":1,"rules":[{"name":"A","at_least":0,"all":[]}]}',
    '{"format":"followledger-rules","version":1,"rules":[{"name":"","at_least":1,"all":[]}]}',
  ])('are not read from %s', (text) => {
    expect(readRules(text)).toBeNull();
  });
});
