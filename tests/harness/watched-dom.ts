import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright';
import type { BuildCopy } from './granted-hosts.ts';
import { until } from './until.ts';

/**
 * Runs in the content script's own world, before its code, and records the names of everything in the page that the
 * script reads or changes.
 */
const PROLOGUE = `{
  const touched = (globalThis.touched = []);
  const watch = (owner, names) => {
    for (const name of names) {
      const described = Object.getOwnPropertyDescriptor(owner, name);
      for (const kind of ['value', 'get', 'set']) {
        const original = described?.[kind];
        if (typeof original !== 'function' || !described.configurable) continue;
        described[kind] = function (...all) {
          touched.push(name);
          return new.target ? Reflect.construct(original, all, new.target) : Reflect.apply(original, this, all);
        };
        described[kind].prototype = original.prototype;
      }
      if (described?.configurable) Object.defineProperty(owner, name, described);
    }
  };
  for (const type of [Document, DocumentFragment, Element, HTMLElement, Node]) {
    watch(type.prototype, Object.getOwnPropertyNames(type.prototype).filter((name) => name !== 'constructor'));
  }
  watch(globalThis, ['getComputedStyle', 'requestAnimationFrame', 'MutationObserver', 'IntersectionObserver', 'ResizeObserver', 'CSSStyleSheet']);
}
`;

/** Makes the content script of the copy record what it does to pages: see {@link touchedOn}. */
export async function withWatchedDom(copy: BuildCopy): Promise<void> {
  const path = join(copy.folder, 'content-scripts', 'profile.js');
  await writeFile(path, PROLOGUE + (await readFile(path, 'utf8')));
}

async function worldOf(session: CDPSession, extensionId: string): Promise<number | null> {
  const worlds: number[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.origin.includes(extensionId)) worlds.push(context.id);
  });
  await session.send('Runtime.enable');
  return worlds.at(-1) ?? null;
}

/** What the content script read or changed on this page, by name; waits until it has started there. */
export async function accessedOn(page: Page, extensionId: string): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  try {
    const contextId = await until('the content script', async () => {
      await session.send('Runtime.disable');
      return worldOf(session, extensionId);
    });
    const { result } = await session.send('Runtime.evaluate', {
      contextId,
      expression: '[...new Set(globalThis.touched)].join()',
    });
    return String(result.value).split(',').filter(Boolean);
  } finally {
    await session.detach();
  }
}
