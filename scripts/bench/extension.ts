/** Adds a page to a copy of the built extension, because the product itself contains no code for tests. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { withGrantedHosts, type BuildCopy } from '../../tests/harness/granted-hosts.ts';
import { ROOT } from '../command.ts';

/** The page's path in the extension. */
export const BENCH_PAGE = 'bench/index.html';

/** Makes the extension's ID, and therefore its data, independent of the copy's path. The private key was discarded. */
const PUBLIC_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwOyse3nv8B81bYK9hrONv6GTGo7a6iGZRD7IKnIVEnivVF191CJWV8RX' +
  'pXHQTxBmpiUiTk6m+KWkbM25FRexxQ8qNc0/cB0cAjrW87B1EIoK8dVg9P9DjOH3QM86spmBGCEPNXkAb5aiOkCOSHQwYYoXMVCo' +
  's5QIqtHRYJ40UNBkjT7x0YhtBMf/xnnyH9iqmsWZDamRl2W8/lj5u1oJT+luP/m2/KMnSRqXA3btrWm2EwXGMyvWxWiRgYYaJXy9' +
  '4Ai4MbqalsZAurN1juB2Eqsfd2A+SMR9Pti2eepOKrVmnLOtLFw0jLumDpToPykWjBVrQIA/waIxC8nyKZiLnwIDAQAB';

/**
 * Builds the page with the current code of `lib/` and adds it to an unpacked build.
 *
 * @public for tests and screenshots that have their own copy of a build
 */
export async function addBenchPage(folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: join(ROOT, 'scripts', 'bench', 'page'),
    base: './',
    build: {
      outDir: join(folder, 'bench'),
      emptyOutDir: true,
      target: 'esnext',
      modulePreload: false,
      // So that CPU profiles show readable names.
      minify: false,
      // The load time of this page is not measured.
      chunkSizeWarningLimit: 5000,
    },
    worker: { format: 'es' },
  });
}

/** Copies a build, adds the page, and gives the copy a fixed ID. All host permissions are granted from the start. */
export async function benchExtension(build: string): Promise<BuildCopy> {
  const copy = await withGrantedHosts(build);
  try {
    const path = join(copy.folder, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as Readonly<Record<string, unknown>>;
    await writeFile(path, JSON.stringify({ ...manifest, key: PUBLIC_KEY }));
    await addBenchPage(copy.folder);
    return copy;
  } catch (error) {
    await copy.remove();
    throw error;
  }
}
