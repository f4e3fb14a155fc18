import { expect, it } from 'vitest';
import { ExclusiveGate } from '../../../lib/messages/exclusive-gate.ts';

it('runs exclusive work after the work in progress, and before later work', async () => {
  const gate = new ExclusiveGate();
  const order: string[] = [];
  const [one, two, deletion] = [1, 2, 3].map(() => Promise.withResolvers<undefined>());
  if (one === undefined || two === undefined || deletion === undefined) throw new Error('There are three.');
  const first = gate.runShared(async () => {
    await one.promise;
    order.push('first');
  });
  const second = gate.runShared(async () => {
    await two.promise;
    order.push('second');
  });
  const alone = gate.runExclusive(async () => {
    order.push('exclusive begins');
    await deletion.promise;
    order.push('exclusive ends');
  });
  const later = gate.runShared(async () => {
    order.push('later');
  });
  const again = gate.runExclusive(async () => {
    order.push('exclusive again');
  });
  two.resolve(undefined);
  await second;
  expect(order).toEqual(['second']);
  one.resolve(undefined);
  await first;
  deletion.resolve(undefined);
  await Promise.all([alone, later, again]);
  expect(order.slice(0, 4)).toEqual(['second', 'first', 'exclusive begins', 'exclusive ends']);
  expect(order.slice(4).sort()).toEqual(['exclusive again', 'later']);
});

it('opens again after a failure, of shared and of exclusive work', async () => {
  const gate = new ExclusiveGate();
  const failing = (): Promise<never> => Promise.reject(new Error('It failed.'));
  await expect(gate.runShared(failing)).rejects.toThrow('It failed.');
  await expect(gate.runExclusive(failing)).rejects.toThrow('It failed.');
  expect(await gate.runShared(async () => 'open')).toBe('open');
});
