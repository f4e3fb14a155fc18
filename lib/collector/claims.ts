/** What responses claim to have cost, kept within what can be added up and written down. */
import type { ProviderFailure, Result } from '../providers/failure.ts';

/** A claim is believed up to so many times what the request could cost by the price list. */
const MOST_TIMES = 1_000;

/**
 * A claimed charge, in the provider's unit. Absurd claims (2^53 credits) are cut, so that sums stay whole numbers; the
 * limits that such a claim has reached, it has reached all the same.
 * @param reserved the most that the request costs by the price list
 */
export function believedCharge(claimed: number, reserved: number): number {
  return Math.min(claimed, MOST_TIMES * Math.max(1, reserved));
}

/** A result whose claimed charge is within bounds. */
export function withBelievedCharge<T extends { readonly charged: number }>(
  result: Result<T>,
  reserved: number,
): Result<T> {
  if (result.ok) {
    const { value } = result;
    return { ok: true, value: { ...value, charged: believedCharge(value.charged, reserved) } };
  }
  return { ok: false, failure: believedFailure(result.failure, reserved) };
}

function believedFailure(failure: ProviderFailure, reserved: number): ProviderFailure {
  const { charged } = failure;
  return charged === null ? failure : { ...failure, charged: believedCharge(charged, reserved) };
}
