/**
 * What a stored value must be, said once. A rule cleans a value on its way into the database and out of it, and makes
 * the schema by which a backup's reader takes the same value from a file. So the reader accepts whatever the writer
 * can write: both come from one table.
 */
import { z } from '../../zod.ts';

export interface Rule<T> {
  /** The value as it may be kept: the same one where nothing is wrong with it. Pure, never throws, idempotent. */
  readonly clean: (value: T) => T;
  /**
   * What a file may carry in its place: every clean value, and what earlier versions wrote before the bounds of
   * {@link clean}. Made when it is wanted, since most pages never read a backup.
   */
  readonly schema: () => z.ZodMiniType<T>;
}

/** A rule of a field that may be absent. */
export interface OptionalRule<T> extends Rule<T> {
  readonly optional: true;
}

/** A rule of a field that rows stored by earlier versions do not have: it reads as `null`. */
export interface AbsentAsNull<T> extends Rule<T | null> {
  readonly absent: null;
}

/** A rule for every field of a type: a new field does not compile until it has one. */
export type Fields<T> = {
  readonly [K in keyof T]-?: object extends Pick<T, K> ? OptionalRule<Exclude<T[K], undefined>> : Rule<T[K]>;
};

export function absentAsNull<T>(rule: Rule<T>): AbsentAsNull<T> {
  return { ...nullable(rule), absent: null };
}

export function optional<T>({ clean, schema }: Rule<T>): OptionalRule<T> {
  return { clean, schema, optional: true };
}

/** A value that only code of ours makes, or that its schema describes whole: kept as it is. */
export function exact<T>(schema: () => z.ZodMiniType<T>): Rule<T> {
  return { clean: (value) => value, schema };
}

export function nullable<T>({ clean, schema }: Rule<T>): Rule<T | null> {
  return {
    clean: (value) => (value === null ? null : clean(value)),
    schema: () => z.nullable(schema()),
  };
}

/** Every item by a rule; the same array where nothing changes. */
export function list<T>({ clean, schema }: Rule<T>, most: number): Rule<readonly T[]> {
  return {
    clean: (values) => {
      let changed: T[] | null = null;
      for (let at = 0; at < values.length; at += 1) {
        // Inside its bounds an array without holes has a value, which may be `undefined` only by its type.
        const before = values[at] as T;
        const after = clean(before);
        if (!Object.is(after, before)) (changed ??= [...values])[at] = after;
      }
      return changed ?? values;
    },
    schema: () => z.array(schema()).check(z.maxLength(most)),
  };
}

/**
 * An object, field by field; the same object where nothing changes. In a file it has these fields and no others. What
 * {@link AbsentAsNull} describes is absent from files of earlier versions, too: it is there once the object was cleaned.
 */
export function record<T extends object>(fields: Fields<T>): Rule<T> {
  const rules = Object.entries(fields as Readonly<Record<string, Rule<unknown>>>);
  return {
    clean: (value) => {
      let changed: T | null = null;
      for (const [name, rule] of rules) {
        const before: unknown = Reflect.get(value, name);
        if (before === undefined && !('absent' in rule)) continue;
        const after = before === undefined ? null : rule.clean(before);
        // Replaced by one of its own type: `Fields` pairs them.
        if (!Object.is(after, before)) Reflect.set((changed ??= { ...value }), name, after);
      }
      return changed ?? value;
    },
    schema: () =>
      z.strictObject(
        Object.fromEntries(
          rules.map(([name, rule]) => [
            name,
            'optional' in rule || 'absent' in rule ? z.exactOptional(rule.schema()) : rule.schema(),
          ]),
        ),
      ) as unknown as z.ZodMiniType<T>,
  };
}

/** The fields that each kind has beside `kind`. */
type Variants<T extends { readonly kind: string }> = {
  readonly [K in T['kind']]: Fields<Omit<Extract<T, { readonly kind: K }>, 'kind'>>;
};

/** A union told apart by `kind`. */
export function variants<T extends { readonly kind: string }>(of: Variants<T>): Rule<T> {
  const kinds = Object.entries(of as Readonly<Record<string, Fields<object>>>);
  const rules = new Map(kinds.map(([kind, fields]) => [kind, record(fields)]));
  return {
    // A record gives back what it was given, field by field.
    clean: (value) => (rules.get(value.kind)?.clean(value) ?? value) as T,
    schema: () => {
      const [first, ...rest] = kinds.map(([kind, fields]) =>
        record<object>({ kind: exact(() => z.literal(kind)), ...fields }).schema(),
      );
      return z.union(first === undefined ? [z.never()] : [first, ...rest]) as unknown as z.ZodMiniType<T>;
    },
  };
}
