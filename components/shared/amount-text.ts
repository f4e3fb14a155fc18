import type { Unit } from '../../lib/model/money.ts';

const MICRO = 1_000_000;

/**
 * Parses an amount in the provider's unit: whole credits or requests; dollars become micro-dollars.
 * @returns `null` for an empty field, `undefined` for invalid text
 */
export function readAmount(text: string, unit: Unit): number | null | undefined {
  if (text.trim() === '') return null;
  const typed = Number(text.trim());
  const amount = unit === 'usd' ? Math.round(typed * MICRO) : typed;
  return Number.isSafeInteger(amount) && amount >= 0 ? amount : undefined;
}

/** An amount as text for a field. */
export function writeAmount(amount: number, unit: Unit): string {
  return String(unit === 'usd' ? amount / MICRO : amount);
}
