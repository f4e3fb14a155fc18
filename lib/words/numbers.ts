/** Numbers, money and times as people read them, by the browser's own language. */
import type { Unit } from '../model.ts';
import { i18n } from '#i18n';

const whole = new Intl.NumberFormat();
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const percents = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const dollars = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD' });
const finerDollars = new Intl.NumberFormat(undefined, {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 6,
});

/** A count in full, grouped: `84,210`. */
export function count(n: number): string {
  return whole.format(n);
}

/** A count in little room: `84.2K`, `9.4M`; in full below 10,000. */
export function compactCount(n: number): string {
  return n < 10_000 ? whole.format(n) : short.format(n);
}

/**
 * A share, 0 to 1, in percent. Less than the whole never reads as 100 % and more than nothing never as 0 %.
 */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return percents.format(0.001);
  if (share < 1 && share > 0.999) return percents.format(0.999);
  return percents.format(share);
}

/** Micro-dollars as US dollars. Fractions of a cent are shown only where there are some. */
function usd(microDollars: number): string {
  const amount = microDollars / 1_000_000;
  return microDollars % 10_000 === 0 ? dollars.format(amount) : finerDollars.format(amount);
}

/** An amount with its unit: `1,204 credits`, `$12.04`, `3 requests`; `null` is unknown. */
export function amount(unit: Unit, n: number | null): string {
  if (n === null) return i18n.t('amount.unknown');
  switch (unit) {
    case 'credits':
      return i18n.t('amount.credits', n, { n: count(n) });
    case 'requests':
      return i18n.t('amount.requests', n, { n: count(n) });
    case 'usd':
      return usd(n);
  }
}

/** An amount where its unit is clear from what stands beside it: `1,204`, `$12.04`. */
export function bareAmount(unit: Unit, n: number | null): string {
  if (n === null) return i18n.t('amount.unknown');
  return unit === 'usd' ? usd(n) : count(n);
}
