/** Keeps a run going as a patient user would, until it is finally idle. */
import { until } from '../harness/until.ts';
import {
  message,
  outcomeOf,
  snapshotOf,
  stateOf,
  errorKindOf,
  type PageActions,
  type Row,
} from './page-actions.ts';

export interface DriveOptions {
  /** What to do when the run waits or is blocked, before resuming it. */
  readonly fix?: (snapshot: Row, runError: string) => Promise<void>;
  /** Called for every wait and every block. */
  readonly stops?: (snapshot: Row, runError: string) => void;
  /** Errors that resolve themselves: the run is left alone. */
  readonly waitsFor?: readonly string[];
  /** Outcomes after which the run is continued. */
  readonly continueAfter?: readonly string[];
  /** Whether to wake the background on every poll, in case it was terminated. */
  readonly wakeBackground?: boolean;
  readonly timeout?: number;
  readonly interval?: number;
}

/** Resolves with the list once its run has ended and is not to be continued. */
export async function drive(pageActions: PageActions, id: string, options: DriveOptions = {}): Promise<Row> {
  const {
    fix,
    stops,
    continueAfter = [],
    wakeBackground = false,
    waitsFor = [],
    timeout = 120_000,
    interval = 25,
  } = options;
  let last: Row | undefined;
  return until(
    `the run ${id} to end`,
    async () => {
      if (wakeBackground) await message(pageActions, 'popup.active-profile', {});
      const snapshot = await snapshotOf(pageActions, id);
      last = snapshot;
      const { kind } = stateOf(snapshot);
      const runError = errorKindOf(snapshot);
      if ((kind === 'waiting' || kind === 'blocked') && runError !== null) {
        if (waitsFor.includes(runError)) return null;
        stops?.(snapshot, runError);
        await fix?.(snapshot, runError);
        await message(pageActions, 'run.resume', { snapshotId: id });
        return null;
      }
      if (kind !== 'ended') return null;
      const outcome = outcomeOf(snapshot) ?? '';
      if (!continueAfter.includes(outcome)) return snapshot;
      await message(pageActions, 'run.continue', { snapshotId: id, howMany: null, cap: 1e12 });
      return null;
    },
    { timeout, interval },
    () => JSON.stringify(last),
  );
}
