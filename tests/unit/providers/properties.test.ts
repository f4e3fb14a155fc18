/** A quick check; `npm run test:more` runs ten times as many. */
import { describe } from 'vitest';
import { endpoints } from './endpoints.ts';
import { testEveryResponse } from './properties.ts';

describe.each(endpoints.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (_, endpoint) => {
  testEveryResponse(endpoint, 1_000);
});
