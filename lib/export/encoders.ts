/** The encoders of the export formats. Each is loaded on demand, in the worker that writes the file. */
import type { Encode } from './format.ts';

const files = import.meta.glob<{ readonly encode: Encode }>('./formats/*.ts');

/** @throws Error if there is no such format */
export async function encoderOf(id: string): Promise<Encode> {
  const load = files[`./formats/${id}.ts`];
  if (load === undefined) throw new Error(`There is no format "${id}".`);
  return (await load()).encode;
}
