import type { CDPSession, Page } from 'playwright';
import { waitForPageButton } from './page-button.ts';
import { until } from './until.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The position of the menu entry with this accessible name, apart from a count, in any shadow root. */
async function middleOf(session: CDPSession, name: RegExp): Promise<Point | null> {
  await session.send('DOM.getDocument', { depth: -1, pierce: true });
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  for (const node of nodes) {
    const isNamed =
      !node.ignored &&
      node.role?.value === 'menuitem' &&
      name.test(String(node.name?.value ?? '').replace(/^Get [\d,]+ /, 'Get '));
    if (!isNamed || node.backendDOMNodeId === undefined) continue;
    const { model } = await session.send('DOM.getBoxModel', { backendNodeId: node.backendDOMNodeId });
    const [left = 0, top = 0, right = 0, , , bottom = 0] = model.border;
    return { x: (left + right) / 2, y: (top + bottom) / 2 };
  }
  return null;
}

/** Opens the menu next to the page button with the mouse, and clicks one of its entries. */
export async function choosePageMenu(page: Page, entry: RegExp): Promise<void> {
  await waitForPageButton(page, /./);
  const session = await page.context().newCDPSession(page);
  try {
    const click = async (name: RegExp): Promise<void> => {
      let last: Point | null = null;
      // Clicks right after a move are ignored, so the entry must be stable.
      const point = await until(
        `${String(name)} to be stable in the page`,
        async () => {
          const now = await middleOf(session, name);
          const rests = now !== null && last !== null && now.x === last.x && now.y === last.y;
          last = now;
          return rests ? now : null;
        },
        { interval: 600 },
      );
      await page.mouse.click(point.x, point.y);
    };
    await click(/^More$/);
    await click(entry);
  } finally {
    await session.detach();
  }
}
