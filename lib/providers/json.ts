/**
 * A JSON parser that loses no digits: integers beyond 2^53 become strings. X's v1.1 documentation shows IDs as numbers
 * with 18 digits.
 */

interface WithSource {
  readonly source?: string;
}

/** Matches only where JSON allows a number, not IDs within strings such as `user-1000000000000000001`. */
const LONG_NUMBER = /[[:,]\s*-?\d{16}|^\s*-?\d{16}/;

/** @throws SyntaxError if the text is not JSON, or is nested too deeply to parse */
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
    // A reviver recurses through the document, and each engine has its own error for a stack overflow.
    throw new SyntaxError('The JSON is nested too deeply.', { cause: error });
  }
}
