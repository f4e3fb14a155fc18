/** Converts names such as `my-name` to names in code. */

/** `my-name` as `myName`. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `my-name` as `My Name`. */
export function titleOf(name: string): string {
  return name.replace(/(?:^|-)([a-z0-9])/g, (match, letter: string) =>
    match.startsWith('-') ? ` ${letter.toUpperCase()}` : letter.toUpperCase(),
  );
}
