/** 10,000 arbitrary and 10,000 mutated responses for each list endpoint. */
import { describe } from 'vitest';
import { endpoints } from '../unit/providers/endpoints.ts';
import { testEveryResponse } from '../unit/providers/properties.ts';

describe.each(endpoints.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (_, endpoint) => {
  testEveryResponse(endpoint, 10_000);
});
