/** Formats amounts of storage. */
const KILO = 1000;
const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `0 kB`, `840 kB`, `12.3 MB`, with decimal prefixes as in browsers. */
export function bytesText(bytes: number): string {
  let amount = bytes / KILO;
  let unit: (typeof UNITS)[number] = UNITS[0];
  for (const larger of UNITS.slice(1)) {
    if (amount < KILO) break;
    amount /= KILO;
    unit = larger;
  }
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit,
    maximumFractionDigits: amount < 10 && unit !== 'kilobyte' ? 1 : 0,
  }).format(amount);
}
