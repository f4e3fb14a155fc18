/** The encoders of the export formats. Each is loaded on demand, in the worker that writes the file. */
import type { Encode } from './format.ts';
import type { EncodeGraph } from './graph.ts';

const files = import.meta.glob<{ readonly encode: Encode }>('./formats/*.ts');

/** @throws Error if there is no such format */
export async function encoderOf(id: string): Promise<Encode> {
  const load = files[`./formats/${id}.ts`];
  if (load === undefined) throw new Error(`There is no format "${id}".`);
  return (await load()).encode;
}

const graphFiles = import.meta.glob<{ readonly encode: EncodeGraph }>('./graph-formats/*.ts');

/** @throws Error if there is no such format of graphs */
export async function graphEncoderOf(id: string): Promise<EncodeGraph> {
  const load = graphFiles[`./graph-formats/${id}.ts`];
  if (load === undefined) throw new Error(`There is no graph format "${id}".`);
  return (await load()).encode;
}
