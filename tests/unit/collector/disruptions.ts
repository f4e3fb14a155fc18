/** Disruptions for the test collector: failures of the provider, and when they occur. */
import { account, type Disruption } from './test-collector.ts';
import type { ProviderFailure } from '../../../lib/providers/failure.ts';

export const truth = (count: number) => Array.from({ length: count }, (_, index) => account(index).id);

export const lost: ProviderFailure = {
  trouble: { kind: 'unreachable' },
  charged: null,
  retryable: true,
  retryAfter: null,
};
export const broken: ProviderFailure = {
  trouble: { kind: 'provider-broken', status: 500, said: null },
  charged: 0,
  retryable: true,
  retryAfter: null,
};
export const tooFast = (retryAfter: number): ProviderFailure => ({
  trouble: { kind: 'too-fast', said: null },
  charged: 0,
  retryable: true,
  retryAfter,
});

/** Applies the disruption at the given request numbers, and none elsewhere. */
export function at(
  disruptions: Readonly<Record<number, Disruption>>,
): (request: number) => Disruption | null {
  return (request) => disruptions[request] ?? null;
}
