/** Keeps a run going as a patient user would, until it rests for good. */
import { until } from '../harness/until.ts';
import { message, outcomeOf, snapshotOf, stateOf, troubleOf, type Hands, type Row } from './page-actions.ts';

export interface DriveOptions {
  /** What to do when the run waits or is blocked, instead of trying at once. */
  readonly mend?: (snapshot: Row, trouble: string) => Promise<void>;
  /** Called with every wait and every block. */
  readonly stops?: (snapshot: Row, trouble: string) => void;
  /** Troubles that pass by themselves: nothing is done about them. */
  readonly waitsFor?: readonly string[];
  /** Outcomes after which the run is continued. */
  readonly goOnAfter?: readonly string[];
  /** Whether to start the background again and again, in case that it died. */
  readonly wakes?: boolean;
  readonly timeout?: number;
  readonly interval?: number;
}

/** Resolves with the list once its run has ended (and is not to be continued). */
export async function drive(hands: Hands, id: string, options: DriveOptions = {}): Promise<Row> {
  const {
    mend,
    stops,
    goOnAfter = [],
    wakes = false,
    waitsFor = [],
    timeout = 120_000,
    interval = 25,
  } = options;
  let last: Row | undefined;
  return until(
    `the run ${id} to end`,
    async () => {
      if (wakes) await message(hands, 'popup.active-profile', {});
      const snapshot = await snapshotOf(hands, id);
      last = snapshot;
      const { kind } = stateOf(snapshot);
      const trouble = troubleOf(snapshot);
      if ((kind === 'waiting' || kind === 'blocked') && trouble !== null) {
        if (waitsFor.includes(trouble)) return null;
        stops?.(snapshot, trouble);
        await mend?.(snapshot, trouble);
        await message(hands, 'run.resume', { snapshotId: id });
        return null;
      }
      if (kind !== 'ended') return null;
      const outcome = outcomeOf(snapshot) ?? '';
      if (!goOnAfter.includes(outcome)) return snapshot;
      await message(hands, 'run.continue', { snapshotId: id, howMany: null, cap: 1e12 });
      return null;
    },
    { timeout, interval },
    () => JSON.stringify(last),
  );
}
