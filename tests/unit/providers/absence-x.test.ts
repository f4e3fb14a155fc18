import { describe, expect, it } from 'vitest';
import { testMissingKeys } from './absence.ts';
import { endpoints } from './endpoints.ts';

const lists = endpoints.filter(({ name }) => /, X f|v1\.1, f|v2, f|twitterapi|SocialData/.test(name));

it('covers every X list of every provider', () => {
  expect(lists).toHaveLength(10);
});

describe.each(lists.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (_, endpoint) => {
  testMissingKeys(endpoint);
});
