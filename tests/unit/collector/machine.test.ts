import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { move, MachineSimulator, setting } from './machine-simulator.ts';

describe('the state machine', () => {
  it('satisfies its invariants over 20,000 random sequences of events', () => {
    fc.assert(
      fc.property(setting, fc.array(move, { maxLength: 40, size: 'max' }), (given, moves) => {
        const simulator = new MachineSimulator(given);
        for (const next of moves) simulator.move(next);
      }),
      { numRuns: 20_000 },
    );
  }, 120_000);

  it('eventually completes the list, whatever happened before', () => {
    fc.assert(
      fc.property(setting, fc.array(move, { maxLength: 30, size: 'max' }), (given, moves) => {
        const simulator = new MachineSimulator({ ...given, monthly: null, shared: null });
        for (const next of moves) simulator.move(next);
        simulator.finish();
        expect(simulator.listed).toBe(given.followers);
        expect(simulator.snapshot.state).toEqual({ kind: 'ended', outcome: { kind: 'complete' } });
      }),
      { numRuns: 5_000 },
    );
  }, 120_000);
});
