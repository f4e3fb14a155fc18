/** A quick look; `npm run test:more` takes ten times as many. */
import { describe } from 'vitest';
import { endpoints } from './endpoints.ts';
import { holdsOfEveryAnswer } from './properties.ts';

describe.each(endpoints.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (_, endpoint) => {
  holdsOfEveryAnswer(endpoint, 1_000);
});
