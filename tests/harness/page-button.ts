import type { CDPSession, Page } from 'playwright';
import { until, type Patience } from './until.ts';

/** A rectangle in CSS pixels of the viewport. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Followledger's button as a user of the page sees it: its accessible name and its position. */
export interface PageButton {
  readonly name: string;
  readonly description: string;
  readonly disabled: boolean;
  /** `null` while it is not laid out. */
  readonly box: Box | null;
}

/** A prefix of the accessible name without a count, a pattern of the whole name, or a test of the whole button. */
export type ButtonMatcher = string | RegExp | ((button: PageButton) => boolean);

/** The button ignores a click if it moved within this many milliseconds before. */
const STABLE_FOR = 500;

type DomNode = Awaited<ReturnType<typeof documentOf>>;

async function documentOf(session: CDPSession) {
  return (await session.send('DOM.getDocument', { depth: -1, pierce: true })).root;
}

/** The backend IDs of all nodes inside closed shadow roots, which Playwright's own locators don't reach. */
function insideClosedRoots(node: DomNode, inside: boolean, ids: Set<number>): Set<number> {
  if (inside) ids.add(node.backendNodeId);
  for (const child of node.children ?? []) insideClosedRoots(child, inside, ids);
  for (const root of node.shadowRoots ?? []) {
    insideClosedRoots(root, inside || root.shadowRootType === 'closed', ids);
  }
  return ids;
}

async function boxOf(session: CDPSession, backendNodeId: number): Promise<Box | null> {
  try {
    const { model } = await session.send('DOM.getBoxModel', { backendNodeId });
    const [x = 0, y = 0, right = 0, , , bottom = 0] = model.border;
    return { x, y, width: right - x, height: bottom - y };
  } catch (error) {
    if (error instanceof Error && /box model|No node|Could not find node/.test(error.message)) return null;
    throw error;
  }
}

function text(value: { value?: unknown } | undefined): string {
  return typeof value?.value === 'string' ? value.value : '';
}

interface Found extends PageButton {
  readonly backendNodeId: number;
}

async function look(session: CDPSession): Promise<Found[]> {
  const inside = insideClosedRoots(await documentOf(session), false, new Set());
  if (inside.size === 0) return [];
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const found: Found[] = [];
  for (const node of nodes) {
    const backendNodeId = node.backendDOMNodeId;
    if (
      node.ignored ||
      text(node.role) !== 'button' ||
      backendNodeId === undefined ||
      !inside.has(backendNodeId)
    ) {
      continue;
    }
    found.push({
      backendNodeId,
      name: text(node.name),
      description: text(node.description),
      disabled:
        node.properties?.some((property) => property.name === 'disabled' && property.value.value === true) ??
        false,
      box: await boxOf(session, backendNodeId),
    });
  }
  return found;
}

async function withSession<T>(page: Page, work: (session: CDPSession) => Promise<T>): Promise<T> {
  const session = await page.context().newCDPSession(page);
  try {
    return await work(session);
  } finally {
    await session.detach();
  }
}

/** A page that is being replaced has no tree for a moment. */
function isBetweenDocuments(error: unknown): boolean {
  return (
    error instanceof Error &&
    /Execution context|navigat|frame was detached|Cannot find context|No frame|Could not find node|Document needs to be requested|Invalid (root )?AXNode|uninitialized/i.test(
      error.message,
    )
  );
}

/** Every Followledger button on the page (there should never be two). */
export async function pageButtons(page: Page): Promise<readonly PageButton[]> {
  return withSession(page, async (session) => {
    const found = await look(session);
    return found.map(({ name, description, disabled, box }) => ({ name, description, disabled, box }));
  });
}

/** The Followledger button on the page, or `null`. Rejects if there is more than one. */
export async function pageButton(page: Page): Promise<PageButton | null> {
  const [first, ...others] = await pageButtons(page);
  if (others.length > 0) {
    throw new Error(
      `${others.length + 1} page buttons: ${[first, ...others].map((button) => button?.name).join(' | ')}`,
    );
  }
  return first ?? null;
}

function matches(button: PageButton, matcher: ButtonMatcher): boolean {
  if (typeof matcher === 'string') return button.name.replace(/^Get [\d,]+ /, 'Get ').startsWith(matcher);
  return matcher instanceof RegExp ? matcher.test(button.name) : matcher(button);
}

/** Waits until the page's only button matches. */
export async function waitForPageButton(
  page: Page,
  matcher: ButtonMatcher,
  patience: Patience = {},
): Promise<PageButton> {
  let last: string | null = null;
  return until(
    `the page button (${String(matcher)})`,
    async () => {
      let button: PageButton | null;
      try {
        button = await pageButton(page);
      } catch (error) {
        if (isBetweenDocuments(error)) return null;
        throw error;
      }
      last = button === null ? 'no button' : JSON.stringify(button.name);
      return button !== null && matches(button, matcher) ? button : null;
    },
    { interval: 100, ...patience },
    () => last,
  );
}

/** Waits until the page has no Followledger button, and none appears within `quiet` milliseconds. */
export async function waitForNoPageButton(page: Page, { quiet = 600, timeout = 15_000 } = {}): Promise<void> {
  let since: number | null = null;
  await until(
    'a page without a Followledger button',
    async () => {
      const buttons = await pageButtons(page);
      const now = performance.now();
      since = buttons.length > 0 ? null : (since ?? now);
      return since !== null && now - since >= quiet ? true : null;
    },
    { timeout, interval: 100 },
  );
}

function sameBox(one: Box | null, other: Box | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A button with its position. */
type PlacedButton = PageButton & { readonly box: Box };

/**
 * Waits until the page button matches, scrolls it into view, and waits until it is stable: it ignores clicks right
 * after it moved or appeared.
 */
export async function stablePageButton(
  page: Page,
  matcher: ButtonMatcher = 'Get followers',
  patience: Patience = {},
): Promise<PlacedButton> {
  await waitForPageButton(page, matcher, patience);
  return withSession(page, async (session) => {
    let box: Box | null = null;
    let restsSince = performance.now();
    return until(
      'the page button to be stable',
      async () => {
        const [button] = await look(session);
        if (!button || !matches(button, matcher)) return null;
        await session.send('DOM.scrollIntoViewIfNeeded', { backendNodeId: button.backendNodeId });
        const now = await boxOf(session, button.backendNodeId);
        if (!sameBox(box, now)) {
          box = now;
          restsSince = performance.now();
          return null;
        }
        if (now === null || performance.now() - restsSince <= STABLE_FOR + 350) return null;
        const { name, description, disabled } = button;
        return { name, description, disabled, box: now };
      },
      patience,
    );
  });
}

/** Clicks the page button with the mouse, as a user does (a trusted click), once it matches and is stable. */
export async function clickPageButton(
  page: Page,
  matcher: ButtonMatcher = 'Get followers',
  patience: Patience = {},
): Promise<PageButton> {
  const resting = await stablePageButton(page, matcher, patience);
  const { x, y, width, height } = resting.box;
  await page.mouse.click(x + width / 2, y + height / 2);
  return resting;
}
