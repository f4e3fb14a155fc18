/** How a handle is formed: a partition of all handles, and the number of digits at the end. Pure. */

/** In the order of the tests: a handle has the first shape that fits. */
export const handleShapes = [
  'digits',
  'manyDigits',
  'fewDigits',
  'digitsInside',
  'separators',
  'letters',
] as const;
export type HandleShape = (typeof handleShapes)[number];

/** From so many digits at the end on, a handle looks like one that the platform proposed. */
const MANY_DIGITS = 5;
/** More digits at the end are stored as this many. */
const MOST_DIGITS = 31;

function digitsAtEnd(handle: string): number {
  let digits = 0;
  while (digits < handle.length) {
    const code = handle.charCodeAt(handle.length - 1 - digits);
    if (code < 0x30 || code > 0x39) break;
    digits += 1;
  }
  return digits;
}

function shapeOf(handle: string, digits: number): HandleShape {
  if (digits === handle.length) return 'digits';
  if (digits >= MANY_DIGITS) return 'manyDigits';
  if (digits > 0) return 'fewDigits';
  if (/[0-9]/.test(handle)) return 'digitsInside';
  return /[_.]/.test(handle) ? 'separators' : 'letters';
}

/** Shape and digits at the end in one byte; 0 is unknown. */
export function packHandle(handle: string | null): number {
  if (handle === null || handle === '') return 0;
  const digits = digitsAtEnd(handle);
  const shape = handleShapes.indexOf(shapeOf(handle, digits)) + 1;
  return (shape << 5) | Math.min(MOST_DIGITS, digits);
}

/** The index in {@link handleShapes}; -1 is unknown. */
export function shapeIndexOf(packed: number): number {
  return (packed >>> 5) - 1;
}

/** How many digits are at the end, at most {@link MOST_DIGITS}. */
export function digitsOf(packed: number): number {
  return packed & 0x1f;
}
