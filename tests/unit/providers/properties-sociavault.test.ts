/** In two files, so that two cores share the work. */
import { describe, expect, it } from 'vitest';
import { endpoints } from './endpoints.ts';
import { holdsOfEveryAnswer } from './properties.ts';

const these = endpoints.filter(({ name }) => name.startsWith('SociaVault'));

it('there are endpoints', () => {
  expect(these.length).toBeGreaterThan(0);
});

describe.each(these.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (_, endpoint) => {
  holdsOfEveryAnswer(endpoint);
});
