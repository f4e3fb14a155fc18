import { expect, it } from 'vitest';
import { ExclusiveGate } from '../../../lib/messages/exclusive-gate.ts';

it('lets one be alone after those that are under way, and before those that come later', async () => {
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
    order.push('alone begins');
    await deletion.promise;
    order.push('alone ends');
  });
  const later = gate.runShared(async () => {
    order.push('later');
  });
  const again = gate.runExclusive(async () => {
    order.push('alone again');
  });
  two.resolve(undefined);
  await second;
  expect(order).toEqual(['second']);
  one.resolve(undefined);
  await first;
  deletion.resolve(undefined);
  await Promise.all([alone, later, again]);
  expect(order.slice(0, 4)).toEqual(['second', 'first', 'alone begins', 'alone ends']);
  expect(order.slice(4).sort()).toEqual(['alone again', 'later']);
});

it('opens again after a failure, of what passes and of what is alone', async () => {
  const gate = new ExclusiveGate();
  const failing = (): Promise<never> => Promise.reject(new Error('It failed.'));
  await expect(gate.runShared(failing)).rejects.toThrow('It failed.');
  await expect(gate.runExclusive(failing)).rejects.toThrow('It failed.');
  expect(await gate.runShared(async () => 'open')).toBe('open');
});
