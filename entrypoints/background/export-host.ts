/**
 * The document in which exports are written. Chromium has offscreen documents for it; in Firefox the background is a
 * document itself, and holds it as a frame.
 */
import { browser } from 'wxt/browser';
import { keepAlive } from './environment.ts';

const PAGE = 'exporter.html';

let frame: { readonly element: HTMLIFrameElement; readonly letGo: () => void } | null = null;

export async function hasExportHost(): Promise<boolean> {
  if (import.meta.env.FIREFOX) return frame !== null;
  const contexts = await browser.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] });
  return contexts.length > 0;
}

/** Opens it if it is not open. Settled when it hears. */
export async function openExportHost(): Promise<void> {
  if (await hasExportHost()) return;
  if (!import.meta.env.FIREFOX) {
    await browser.offscreen.createDocument({
      url: PAGE,
      reasons: ['BLOBS'],
      justification: 'Writes lists to files and hands them over as downloads.',
    });
    return;
  }
  const element = document.createElement('iframe');
  const loaded = new Promise((resolve) => {
    element.addEventListener('load', resolve, { once: true });
  });
  element.src = `${browser.runtime.getURL('/')}${PAGE}`;
  document.body.append(element);
  // Firefox ends an idle background, and the frame with it.
  frame = { element, letGo: keepAlive() };
  await loaded;
}

export async function closeExportHost(): Promise<void> {
  if (import.meta.env.FIREFOX) {
    frame?.letGo();
    frame?.element.remove();
    frame = null;
  } else if (await hasExportHost()) await browser.offscreen.closeDocument();
}
