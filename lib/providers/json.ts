/**
 * JSON whose whole numbers keep every digit: those beyond 2^53 come out as strings. X's v1.1 documents show ids as
 * bare numbers of 18 digits.
 */

interface WithSource {
  readonly source?: string;
}

/** Where a number can stand in JSON. Ids within texts, as in `user-1000000000000000001`, are not meant. */
const LONG_NUMBER = /[[:,]\s*-?\d{16}|^\s*-?\d{16}/;

/** @throws SyntaxError when the text is not JSON, or is nested deeper than an answer with accounts could be. */
export function parseJson(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  const keepDigits = (_: string, value: unknown, context?: WithSource): unknown => {
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
    const source = context?.source;
    return source !== undefined && /^-?\d+$/.test(source) ? source : value;
  };
  try {
    return JSON.parse(text, keepDigits);
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
    // A reviver walks the document by recursion, and the error of an exhausted stack has another name in every engine.
    throw new SyntaxError('The JSON is nested too deeply.', { cause: error });
  }
}
