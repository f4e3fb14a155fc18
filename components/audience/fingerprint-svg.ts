/** A fingerprint as a standalone SVG file, with title, axes, list, date, and source. */
import { i18n } from '#i18n';
import type { Fingerprint } from '../../lib/insight/answers.ts';
import { paintDensity } from './density-picture.ts';
import { createdText, endTexts, knownText } from './fingerprint-area.ts';
import { framedSvg, PADDING, rect, svgText, TOP, WIDTH, type PlotLook } from './plot-svg.ts';

const HEIGHT = 320;
const LABELS = 20;

/** The density as a picture. A file with one shape per point could have hundreds of thousands of them. */
function pictureOf(fingerprint: Fingerprint): string {
  const canvas = document.createElement('canvas');
  canvas.width = fingerprint.columns;
  canvas.height = fingerprint.rows;
  paintDensity(canvas, fingerprint);
  return canvas.toDataURL('image/png');
}

/** @param source list, date, and source, in one line */
export function fingerprintSvg(fingerprint: Fingerprint, source: string, look: PlotLook): string {
  const width = WIDTH - 2 * PADDING;
  const top = TOP + LABELS;
  const bottom = top + HEIGHT;
  const small = { size: 11 };
  const [left, right] = endTexts(fingerprint);
  const { created, axis } = fingerprint;
  const body = [
    svgText(PADDING, TOP + 10, look.muted, createdText(created.to), small),
    rect(PADDING - 1, top - 1, width + 2, HEIGHT + 2, look.divider),
    rect(PADDING, top, width, HEIGHT, look.background),
    `<image x="${String(PADDING)}" y="${String(top)}" width="${String(width)}" height="${String(HEIGHT)}" preserveAspectRatio="none" style="image-rendering:pixelated" href="${pictureOf(fingerprint)}"/>`,
    svgText(PADDING, bottom + 16, look.muted, createdText(created.from), small),
    svgText(PADDING, bottom + 34, look.muted, left, small),
    svgText(WIDTH / 2, bottom + 34, look.muted, i18n.t(`audience.axis.${axis}`), {
      ...small,
      anchor: 'middle',
    }),
    svgText(WIDTH - PADDING, bottom + 34, look.muted, right, { ...small, anchor: 'end' }),
  ].join('');
  const texts = { title: i18n.t('audience.fingerprint'), known: knownText(fingerprint), source };
  return framedSvg(body, LABELS + HEIGHT + 2 * LABELS, texts, look);
}
