/** What writes the formats: read when it is used, by the thread that writes, and by nobody else. */
import type { Encode } from './format.ts';

const files = import.meta.glob<{ readonly encode: Encode }>('./formats/*.ts');

/** @throws Error when there is no such format */
export async function encoderOf(id: string): Promise<Encode> {
  const load = files[`./formats/${id}.ts`];
  if (load === undefined) throw new Error(`There is no format "${id}".`);
  return (await load()).encode;
}
