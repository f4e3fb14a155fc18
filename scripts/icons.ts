/** Renders the logo, public/icon/mark.svg, as PNGs for browsers. Run it after the logo changes. */
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { ensureChromium } from './browsers/chromium.ts';
import { indexed } from './indexed-png.ts';

const SIZES = [16, 32, 48, 128];
const folder = new URL('../public/icon/', import.meta.url);

const svg = await readFile(new URL('mark.svg', folder), 'utf8');
const found = await ensureChromium(console.log);
const browser = await chromium.launch({
  executablePath: found.path,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  for (const size of SIZES) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
    const png = await page.screenshot({ omitBackground: true });
    await writeFile(new URL(`${size}.png`, folder), indexed(png));
    await page.close();
  }
} finally {
  await browser.close();
}
