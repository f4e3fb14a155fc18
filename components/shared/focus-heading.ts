/**
 * Moves the focus to the page's heading if it is nowhere, because what had it disappeared. Headings that can get it have a
 * `tabIndex` of -1.
 */
export function focusHeadingIfLost(): void {
  const { activeElement, body } = document;
  if (activeElement !== null && activeElement !== body) return;
  document.querySelector<HTMLElement>('main h1')?.focus();
}
