/** Checks a page with axe. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SCHEMES = ['light', 'dark'] as const;

/** axe's findings, short enough to read in a failed test. */
async function findingsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  // A page that was not rendered has no findings either.
  if (passes.length < 10) throw new Error(`axe checked almost nothing: ${String(passes.length)} rules.`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any, all, none }) => {
      const [why] = [...any, ...all, ...none];
      return `${id}: ${html.slice(0, 200)}: ${why?.message ?? ''}`;
    }),
  );
}

/** axe's findings in both color schemes. The page stays in the last one. */
export async function axeFindings(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const finding of await findingsOf(page)) found.push(`${colorScheme}: ${finding}`);
  }
  return found;
}
