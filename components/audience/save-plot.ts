/** Saves plots as files. */
import { download, saveText } from '../../lib/export/files/save.ts';
import type { PlotLook } from './plot-svg.ts';

/** Pixels of a PNG file per pixel of the plot, so that it is sharp in print. */
const SCALE = 2;

/** The page's own colors. */
export function currentLook(): PlotLook {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    background: color('background'),
    text: color('text'),
    muted: color('muted'),
    divider: color('divider'),
    bar: color('category-1'),
  };
}

export function saveSvg(svg: string, name: string): void {
  saveText(svg, `${name}.svg`, 'image/svg+xml');
}

/** @throws Error if the browser can't draw it */
export async function saveSvgAsPng(svg: string, name: string): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  await saveCanvas(canvas, name);
}

/** @throws Error if the browser can't encode it */
async function saveCanvas(canvas: HTMLCanvasElement, name: string): Promise<void> {
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (blob === null) throw new Error('The picture could not be encoded.');
  download(new File([blob], `${name}.png`), 'image/png', `${name}.png`);
}
