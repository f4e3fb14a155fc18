/** How the Firefox driver finds elements by role, and Followledger buttons inside closed shadow roots. */
import type { Box } from './page-button.ts';

/** A Followledger button on a page, found inside a closed shadow root. */
export interface FirefoxPageButton {
  readonly name: string;
  readonly box: Box;
}

/** Elements with an implicit role. */
export const IMPLICIT: Readonly<Record<string, string>> = {
  button: 'button, summary, input[type=submit], input[type=button]',
  textbox: 'input, textarea',
  searchbox: 'input',
  combobox: 'select, input',
  checkbox: 'input[type=checkbox]',
  radio: 'input[type=radio]',
  link: 'a',
  list: 'ul, ol',
  listitem: 'li',
  heading: 'h1, h2, h3, h4',
  region: 'section',
  status: 'output',
  progressbar: 'progress',
  table: 'table',
};

/**
 * Runs in the page with system privileges and finds buttons inside closed shadow roots. The name is the button's
 * label or text, because the real accessible name isn't available for elements of a closed root.
 */
export const FIND_BUTTONS = `
  const found = [];
  const visit = (node, closed) => {
    for (const element of node.querySelectorAll('*')) {
      if (closed && element.matches('button:not([role]), [role=button]')) {
        const box = element.getBoundingClientRect();
        if (box.width > 0 && box.height > 0 && element.checkVisibility({ visibilityProperty: true })) {
          found.push({
            name: (element.getAttribute('aria-label') ?? ([...element.querySelectorAll('[data-says]'), element].map((part) => part.dataset.says ?? '').join(' ').trim() || element.innerText)).trim().replace(/\\s+/g, ' '),
            box: { x: box.x, y: box.y, width: box.width, height: box.height },
          });
        }
      }
      const root = element.openOrClosedShadowRoot;
      if (root && !root.isUAWidget?.()) visit(root, closed || root.mode === 'closed');
    }
  };
  visit(document, false);
  return found;
`;
