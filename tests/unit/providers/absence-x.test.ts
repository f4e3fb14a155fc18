import { describe, expect, it } from 'vitest';
import { neverEndsByAbsence } from './absence.ts';
import { endpoints } from './endpoints.ts';

const lists = endpoints.filter(({ name }) => /, X f|v1\.1, f|v2, f/.test(name));

it('every list of X by every provider is meant', () => {
  expect(lists).toHaveLength(6);
});

describe.each(lists.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (_, endpoint) => {
  neverEndsByAbsence(endpoint);
});
