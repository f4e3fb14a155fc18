/** A plot as a standalone SVG file, with title, list, date, and source. Pure. */

export interface PlotBar {
  readonly label: string;
  readonly count: number;
}

export interface PlotText {
  readonly title: string;
  /** For how many accounts the field is known. */
  readonly known: string;
  /** List, date, and source. */
  readonly source: string;
}

/** Colors and font of the page, so that the file looks like the screen. */
export interface PlotLook {
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly divider: string;
  readonly bar: string;
}

export const WIDTH = 640;
export const PADDING = 24;
/** Where the plot itself begins, below title and figures. */
export const TOP = 72;
const ROW = 24;
const LABELS = 200;
const COUNTS = 72;
const COLUMNS_HEIGHT = 240;
const FOOT = 56;

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

interface TextOptions {
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly weight?: number;
}

export function svgText(
  x: number,
  y: number,
  fill: string,
  content: string,
  options: TextOptions = {},
): string {
  const { size = 12, anchor = 'start', weight = 400 } = options;
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${fill}" font-size="${String(size)}" font-weight="${String(weight)}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

export function rect(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${Math.max(0, width).toFixed(1)}" height="${Math.max(0, height).toFixed(1)}" fill="${fill}"/>`;
}

function largest(bars: readonly PlotBar[]): number {
  return bars.reduce((most, { count }) => Math.max(most, count), 1);
}

/** The part of a label that fits. */
export function cut(label: string, most: number): string {
  const characters = Array.from(label);
  return characters.length <= most ? label : `${characters.slice(0, most - 1).join('')}…`;
}

function rows(bars: readonly PlotBar[], look: PlotLook, write: (n: number) => string): string {
  const width = WIDTH - 2 * PADDING - LABELS - COUNTS;
  const most = largest(bars);
  return bars
    .map(({ label, count }, index) => {
      const y = TOP + index * ROW;
      return [
        svgText(PADDING, y + 15, look.text, cut(label, 30)),
        rect(PADDING + LABELS, y + 4, (width * count) / most, ROW - 8, look.bar),
        svgText(WIDTH - PADDING, y + 15, look.text, write(count), { anchor: 'end' }),
      ].join('');
    })
    .join('');
}

function columns(bars: readonly PlotBar[], look: PlotLook, write: (n: number) => string): string {
  const width = WIDTH - 2 * PADDING;
  const step = width / Math.max(1, bars.length);
  const most = largest(bars);
  const height = COLUMNS_HEIGHT - 48;
  const base = TOP + 16 + height;
  const every = Math.max(1, Math.ceil(bars.length / 7));
  const drawn = bars.map(({ label, count }, index) => {
    const x = PADDING + index * step;
    const tall = (height * count) / most;
    const isLabeled = index % every === 0;
    return (
      rect(x + step * 0.05, base - tall, step * 0.9, tall, look.bar) +
      (isLabeled ? svgText(x, base + 16, look.muted, label, { size: 11 }) : '')
    );
  });
  return `${svgText(PADDING, TOP + 8, look.muted, write(most), { size: 11 })}${drawn.join('')}${rect(PADDING, base, width, 1, look.divider)}`;
}

/** A file with a body of some height between its texts. */
export function framedSvg(body: string, bodyHeight: number, texts: PlotText, look: PlotLook): string {
  const height = TOP + bodyHeight + FOOT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(WIDTH)}" height="${String(height)}" viewBox="0 0 ${String(WIDTH)} ${String(height)}" font-family="system-ui, sans-serif" role="img">`,
    `<title>${escaped(texts.title)}</title><desc>${escaped(`${texts.known}. ${texts.source}`)}</desc>`,
    rect(0, 0, WIDTH, height, look.background),
    svgText(PADDING, 32, look.text, texts.title, { size: 15, weight: 600 }),
    svgText(PADDING, 52, look.muted, texts.known),
    body,
    svgText(PADDING, height - 20, look.muted, texts.source, { size: 11 }),
    '</svg>',
  ].join('');
}

/**
 * Draws a plot.
 * @param isAlongAxis columns along an axis instead of rows with labels
 */
export function plotSvg(
  bars: readonly PlotBar[],
  isAlongAxis: boolean,
  texts: PlotText,
  look: PlotLook,
  write: (n: number) => string,
): string {
  return isAlongAxis
    ? framedSvg(columns(bars, look, write), COLUMNS_HEIGHT, texts, look)
    : framedSvg(rows(bars, look, write), bars.length * ROW, texts, look);
}
