/** Text as it is compared when one searches: without case, accents and compatibility forms, in any script. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
