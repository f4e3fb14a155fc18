/** Turns screenshots into the frames of an animation: each contains only what changed, and a pointer. */
import type { Page } from 'playwright';
import { z } from '../../lib/zod.ts';
import { animatedWebp, type Frame } from '../animated-webp.ts';

/** Of a WebP picture, 0 to 1. */
const QUALITY = 0.82;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Pointer {
  /** In CSS pixels of the page. */
  readonly x: number;
  readonly y: number;
  readonly pressed: boolean;
}

const changeSchema = z.nullable(
  z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number(), webp: z.string() }),
);

/** Draws a screenshot with a pointer, and returns what differs from the previous one. Runs in a page. */
async function draw({
  png,
  pointer,
  scale,
  quality,
}: {
  readonly png: string;
  readonly pointer: Pointer | null;
  readonly scale: number;
  readonly quality: number;
}) {
  const bytes = Uint8Array.from(atob(png), (sign) => sign.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('There is no canvas.');
  context.drawImage(bitmap, 0, 0);
  if (pointer !== null) {
    context.setTransform(scale, 0, 0, scale, pointer.x * scale, pointer.y * scale);
    if (pointer.pressed) {
      context.beginPath();
      context.arc(0, 0, 14, 0, 2 * Math.PI);
      context.fillStyle = 'rgb(11 107 94 / 35%)';
      context.fill();
    }
    const arrow = new Path2D('M0 0v17l4-3.6 2.6 6 2.8-1.2-2.6-5.9 5.2-.4z');
    context.fillStyle = '#111';
    context.strokeStyle = '#fff';
    context.lineWidth = 1.4;
    context.stroke(arrow);
    context.fill(arrow);
    context.setTransform(1, 0, 0, 1, 0, 0);
  }
  const now = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const before: unknown = Reflect.get(globalThis, 'lastFrame');
  Reflect.set(globalThis, 'lastFrame', now);
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let at = 0; at < now.length; at += 1) {
    if (before instanceof Uint32Array && before[at] === now[at]) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (right < 0) return null;
  // The format can only express even places.
  left -= left % 2;
  top -= top % 2;
  const part = new OffscreenCanvas(right - left + 1, bottom - top + 1);
  part.getContext('2d')?.drawImage(canvas, -left, -top);
  const blob = await part.convertToBlob({ type: 'image/webp', quality });
  const webp = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (const byte of webp) text += String.fromCharCode(byte);
  return { x: left, y: top, width: part.width, height: part.height, webp: btoa(text) };
}

export class Recorder {
  readonly #page: Page;
  readonly #scale: number;
  readonly #frames: Frame[] = [];

  /**
   * @param page an empty page, in which the frames are drawn
   * @param scale pixels of a screenshot for each CSS pixel
   */
  constructor(page: Page, scale: number) {
    this.#page = page;
    this.#scale = scale;
  }

  /** Adds a screenshot, shown for some milliseconds. If nothing changed, the previous frame is shown longer. */
  async add(screenshot: Buffer, pointer: Pointer | null, duration: number): Promise<void> {
    const png = screenshot.toString('base64');
    const drawn = changeSchema.parse(
      await this.#page.evaluate(draw, { png, pointer, scale: this.#scale, quality: QUALITY }),
    );
    const last = this.#frames.at(-1);
    if (drawn !== null) {
      this.#frames.push({ ...drawn, webp: Buffer.from(drawn.webp, 'base64'), duration });
    } else if (last !== undefined) {
      this.#frames[this.#frames.length - 1] = { ...last, duration: last.duration + duration };
    }
  }

  /** Milliseconds. */
  get duration(): number {
    return this.#frames.reduce((sum, { duration }) => sum + duration, 0);
  }

  /** The animation as a WebP file. */
  finish(): Buffer {
    return animatedWebp(this.#frames);
  }
}
