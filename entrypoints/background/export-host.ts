/**
 * The export document. In Chromium it is an offscreen document. In Firefox the background is itself a document and
 * contains the export document as a frame.
 */
import { browser } from 'wxt/browser';
import { keepAlive } from './environment.ts';

const PAGE = 'exporter.html';

let frame: { readonly element: HTMLIFrameElement; readonly stopKeepAlive: () => void } | null = null;

export async function hasExportHost(): Promise<boolean> {
  if (import.meta.env.FIREFOX) return frame !== null;
  const contexts = await browser.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] });
  return contexts.length > 0;
}

/** Opens the document if it is not open. Resolves when it listens. */
export async function openExportHost(): Promise<void> {
  if (await hasExportHost()) return;
  if (!import.meta.env.FIREFOX) {
    await browser.offscreen.createDocument({
      url: PAGE,
      reasons: ['BLOBS'],
      justification: 'Writes lists to files and starts their downloads.',
    });
    return;
  }
  const element = document.createElement('iframe');
  const loaded = new Promise((resolve) => {
    element.addEventListener('load', resolve, { once: true });
  });
  element.src = `${browser.runtime.getURL('/')}${PAGE}`;
  document.body.append(element);
  // Firefox ends an idle background together with its frame.
  frame = { element, stopKeepAlive: keepAlive() };
  await loaded;
}

export async function closeExportHost(): Promise<void> {
  if (import.meta.env.FIREFOX) {
    frame?.stopKeepAlive();
    frame?.element.remove();
    frame = null;
  } else if (await hasExportHost()) await browser.offscreen.closeDocument();
}
