/**
 * How a stored preference is read. Stored values are not trusted: reading always returns a usable value. What cannot be read
 * takes the strict value of its preference, never a looser one, and the result reports it.
 */
import { z } from '../zod.ts';

export interface Reading<T> {
  readonly value: T;
  /** Whether the stored value could be read completely. */
  readonly clean: boolean;
}

export interface Setting<T> {
  /** The value if nothing is stored. */
  readonly initial: T;
  /** Never throws. @param stored the stored value; `undefined` if there is none */
  readonly read: (stored: unknown) => Reading<T>;
}

/** The key of the limit for every provider without its own. No provider can have this ID. */
export const EVERY_OTHER = '*';

/** The own entries of a plain object; `null` for anything else, arrays included. */
function entriesOf(stored: unknown): readonly (readonly [string, unknown])[] | null {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return null;
  return Object.entries(stored);
}

/** A preference that is one value. */
export function single<Schema extends z.core.$ZodType>(
  schema: Schema,
  { initial, strict }: { readonly initial: z.output<Schema>; readonly strict: z.output<Schema> },
): Setting<z.output<Schema>> {
  return {
    initial,
    read: (stored) => {
      if (stored === undefined) return { value: initial, clean: true };
      const parsed = z.safeParse(schema, stored);
      return parsed.success ? { value: parsed.data, clean: true } : { value: strict, clean: false };
    },
  };
}

/** One value for each of the names in `initial`; missing ones take the initial value. */
export function fixed<Name extends string, Schema extends z.core.$ZodType>(
  schema: Schema,
  {
    initial,
    strict,
  }: { readonly initial: Readonly<Record<Name, z.output<Schema>>>; readonly strict: z.output<Schema> },
): Setting<Readonly<Record<Name, z.output<Schema>>>> {
  // `Object.keys` returns exactly the names of this object.
  const names = Object.keys(initial) as Name[];
  return {
    initial,
    read: (stored) => {
      if (stored === undefined) return { value: initial, clean: true };
      const found = new Map(entriesOf(stored) ?? names.map((name) => [name, null]));
      const readings = names.map((name) => [
        name,
        single(schema, { initial: initial[name], strict }).read(found.get(name)),
      ]) satisfies [Name, Reading<z.output<Schema>>][];
      return {
        value: Object.fromEntries(readings.map(([name, { value }]) => [name, value])) as Record<
          Name,
          z.output<Schema>
        >,
        clean: readings.every(([, { clean }]) => clean) && entriesOf(stored) !== null,
      };
    },
  };
}

/** Values by name. A value that cannot be read is omitted; the others stay. */
export function named<Schema extends z.core.$ZodType>(
  schema: Schema,
): Setting<Readonly<Record<string, z.output<Schema>>>> {
  return {
    initial: {},
    read: (stored) => {
      const entries = stored === undefined ? [] : entriesOf(stored);
      const good = (entries ?? []).flatMap(([name, value]) => {
        const parsed = z.safeParse(schema, value);
        return parsed.success ? [[name, parsed.data] as const] : [];
      });
      return { value: Object.fromEntries(good), clean: good.length === entries?.length };
    },
  };
}

/**
 * Limits by provider; a provider without an entry has none. A limit that cannot be read is 0. If nothing can be read,
 * every provider has the limit 0, under {@link EVERY_OTHER}, until the user resets it.
 */
export function limits(schema: z.core.$ZodType<number>): Setting<Readonly<Record<string, number>>> {
  return {
    initial: {},
    read: (stored) => {
      if (stored === undefined) return { value: {}, clean: true };
      const entries = entriesOf(stored) ?? [[EVERY_OTHER, null] as const];
      const readings = entries.map(([name, value]) => ({ name, parsed: z.safeParse(schema, value) }));
      return {
        value: Object.fromEntries(
          readings.map(({ name, parsed }) => [name, parsed.success ? parsed.data : 0]),
        ),
        clean: readings.every(({ name, parsed }) => parsed.success && name !== EVERY_OTHER),
      };
    },
  };
}
