/** The command line of `npm run bench`. */

/**
 * What can be measured. `many-lists` is how fast popup and dashboard open with thousands of lists. `button` is what it takes of a platform's page while that loads; `page` is what the user sees of
 * an open list; `read` is the engine below it; `audience` is how fast it describes the accounts; `sets` is how fast it
 * compares two lists.
 */
export const MEASURES = [
  'button',
  'write',
  'first-rows',
  'page',
  'many-lists',
  'read',
  'audience',
  'sets',
  'overlap',
  'export',
] as const;
export type Measure = (typeof MEASURES)[number];

/**
 * What exports are measured in: formats by the ending of their files, CSV in the order of names, and three of CSV in a
 * row, for what they leave behind.
 */
export const EXPORTED = ['csv', 'json', 'ndjson', 'parquet', 'xlsx', 'gexf', 'by-name', 'thrice'] as const;
export type Exported = (typeof EXPORTED)[number];

export interface BenchArguments {
  /** Sizes of the lists, in accounts. */
  readonly rows: readonly number[];
  /** Accounts a page. */
  readonly pages: readonly number[];
  readonly only: readonly Measure[];
  /** Of exports only these. */
  readonly formats: readonly Exported[];
  /** Where the figures go besides the terminal. */
  readonly json: string | null;
  /** A document whose figures are replaced: docs/benchmarks.md. */
  readonly markdown: string | null;
  /** How often the first rows are waited for. */
  readonly samples: number;
  /** Where CPU profiles of the real page go. */
  readonly profile: string | null;
}

export const USAGE = `npm run bench -- [--rows 10000,100000,1000000] [--pages 1000,70] [--only ${MEASURES.join(',')}]
               [--formats ${EXPORTED.join(',')}]
               [--samples 20] [--json FILE] [--markdown FILE] [--profile FOLDER]`;

function whole(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`${name}: "${text}" is not a whole number above 0.`);
  return number;
}

function isMeasure(text: string): text is Measure {
  return MEASURES.some((measure) => measure === text);
}

function isExported(text: string): text is Exported {
  return EXPORTED.some((format) => format === text);
}

function exported(text: string): Exported {
  if (!isExported(text)) throw new Error(`--formats: "${text}" is unknown. Known: ${EXPORTED.join(', ')}.`);
  return text;
}

function measure(text: string): Measure {
  if (!isMeasure(text)) throw new Error(`--only: "${text}" is unknown. Known: ${MEASURES.join(', ')}.`);
  return text;
}

const NAMES = ['--rows', '--pages', '--only', '--formats', '--samples', '--json', '--markdown', '--profile'];

/** Reads the command line. @throws Error with one sentence when it cannot be understood */
export function parseBenchArguments(args: readonly string[]): BenchArguments {
  const given = new Map<string, string>();
  for (let at = 0; at < args.length; at += 2) {
    const [name, value] = [args[at] ?? '', args[at + 1]];
    if (!NAMES.includes(name)) {
      throw new Error(`"${name}" is unknown.`);
    }
    if (value === undefined) throw new Error(`${name} lacks its value.`);
    given.set(name, value);
  }
  const list = (name: string, otherwise: string): string[] => (given.get(name) ?? otherwise).split(',');
  const ascending = (a: number, b: number): number => a - b;
  return {
    rows: list('--rows', '10000,100000,1000000')
      .map((text) => whole('--rows', text))
      .sort(ascending),
    pages: list('--pages', '1000,70').map((text) => whole('--pages', text)),
    only: list('--only', MEASURES.join(',')).map(measure),
    formats: list('--formats', EXPORTED.join(',')).map(exported),
    samples: whole('--samples', given.get('--samples') ?? '20'),
    json: given.get('--json') ?? null,
    markdown: given.get('--markdown') ?? null,
    profile: given.get('--profile') ?? null,
  };
}
