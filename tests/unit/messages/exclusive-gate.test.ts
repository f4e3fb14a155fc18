import { expect, it } from 'vitest';
import { Gate } from '../../../lib/messages/exclusive-gate.ts';

it('lets one be alone after those that are under way, and before those that come later', async () => {
  const gate = new Gate();
  const order: string[] = [];
  const [one, two, deletion] = [1, 2, 3].map(() => Promise.withResolvers<undefined>());
  if (one === undefined || two === undefined || deletion === undefined) throw new Error('There are three.');
  const first = gate.pass(async () => {
    await one.promise;
    order.push('first');
  });
  const second = gate.pass(async () => {
    await two.promise;
    order.push('second');
  });
  const alone = gate.alone(async () => {
    order.push('alone begins');
    await deletion.promise;
    order.push('alone ends');
  });
  const later = gate.pass(async () => {
    order.push('later');
  });
  const again = gate.alone(async () => {
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
  const gate = new Gate();
  const failing = (): Promise<never> => Promise.reject(new Error('It failed.'));
  await expect(gate.pass(failing)).rejects.toThrow('It failed.');
  await expect(gate.alone(failing)).rejects.toThrow('It failed.');
  expect(await gate.pass(async () => 'open')).toBe('open');
});
