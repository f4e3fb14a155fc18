/**
 * Defines stored values once. A rule cleans a value when it is written to the database and when it is read, and creates
 * the schema that validates the same value in a backup. So a backup that this version writes can always be read.
 */
import { z } from '../../zod.ts';

export interface Rule<T> {
  /** The value as it may be stored; the same object if nothing is wrong with it. Pure, never throws, idempotent. */
  readonly clean: (value: T) => T;
  /**
   * What a file may contain: every clean value, and values of earlier versions beyond the bounds of {@link clean}. Created
   * only when it is needed, because most pages never read a backup.
   */
  readonly schema: () => z.ZodMiniType<T>;
}

/** A rule for a field that may be absent. */
export interface OptionalRule<T> extends Rule<T> {
  readonly optional: true;
}

/** A rule for a field that rows of earlier versions do not have: it reads as `null`. */
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

/** A value that only our code creates, or that its schema describes completely. It is stored unchanged. */
export function exact<T>(schema: () => z.ZodMiniType<T>): Rule<T> {
  return { clean: (value) => value, schema };
}

export function nullable<T>({ clean, schema }: Rule<T>): Rule<T | null> {
  return {
    clean: (value) => (value === null ? null : clean(value)),
    schema: () => z.nullable(schema()),
  };
}

/** A rule for every item. Cleaning returns the same array if nothing changes. */
export function list<T>({ clean, schema }: Rule<T>, most: number): Rule<readonly T[]> {
  return {
    clean: (values) => {
      let changed: T[] | null = null;
      for (let at = 0; at < values.length; at += 1) {
        // The array has no holes, so within its bounds there is always a value.
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
 * A rule for every field. Cleaning returns the same object if nothing changes. In a file, the object has these fields and
 * no others. Fields with an {@link AbsentAsNull} rule may be absent from files of earlier versions; cleaning adds them.
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
        // The rule returns the field's own type: `Fields` pairs them.
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

/** The fields of each kind, except `kind`. */
type Variants<T extends { readonly kind: string }> = {
  readonly [K in T['kind']]: Fields<Omit<Extract<T, { readonly kind: K }>, 'kind'>>;
};

/** A union that is discriminated by `kind`. */
export function variants<T extends { readonly kind: string }>(of: Variants<T>): Rule<T> {
  const kinds = Object.entries(of as Readonly<Record<string, Fields<object>>>);
  const rules = new Map(kinds.map(([kind, fields]) => [kind, record(fields)]));
  return {
    // A record returns the type that it was given.
    clean: (value) => (rules.get(value.kind)?.clean(value) ?? value) as T,
    schema: () => {
      const [first, ...rest] = kinds.map(([kind, fields]) =>
        record<object>({ kind: exact(() => z.literal(kind)), ...fields }).schema(),
      );
      return z.union(first === undefined ? [z.never()] : [first, ...rest]) as unknown as z.ZodMiniType<T>;
    },
  };
}
