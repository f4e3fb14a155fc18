/**
 * Joins WebP pictures of one size into an animated WebP: RIFF chunks around the frames, as the WebP container
 * specification describes them. No picture is encoded here; the browser does that.
 */

/** A picture, its place, and how long it is shown. */
export interface Frame {
  /** A WebP file of one picture. */
  readonly webp: Buffer;
  /** Even, as the format can only express even places. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Milliseconds, less than 2^24. */
  readonly duration: number;
}

const PICTURE_CHUNKS = new Set(['ALPH', 'VP8 ', 'VP8L']);
const ANIMATION = 0b10;
/** The frame replaces what is below it, instead of being blended with it. */
const NO_BLENDING = 0b10;

function chunk(type: string, data: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.write(type, 'latin1');
  header.writeUInt32LE(data.length, 4);
  return Buffer.concat([header, data, Buffer.alloc(data.length % 2)]);
}

function uint24(value: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntLE(value, 0, 3);
  return bytes;
}

/** The chunks of a WebP file that contain its picture. @throws Error if it isn't a WebP file */
function pictureOf(webp: Buffer): Buffer {
  if (webp.toString('latin1', 0, 4) !== 'RIFF' || webp.toString('latin1', 8, 12) !== 'WEBP') {
    throw new Error('This is not a WebP file.');
  }
  const found: Buffer[] = [];
  for (let at = 12; at + 8 <= webp.length;) {
    const length = webp.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (PICTURE_CHUNKS.has(webp.toString('latin1', at, at + 4))) found.push(webp.subarray(at, end));
    at = end;
  }
  if (found.length === 0) throw new Error('This WebP file contains no picture.');
  return Buffer.concat(found);
}

function frameChunk({ webp, x, y, width, height, duration }: Frame): Buffer {
  const header = [uint24(x / 2), uint24(y / 2), uint24(width - 1), uint24(height - 1), uint24(duration)];
  return chunk('ANMF', Buffer.concat([...header, Buffer.from([NO_BLENDING]), pictureOf(webp)]));
}

/** @returns an animation that repeats without end. The first frame has its full size. */
export function animatedWebp(frames: readonly Frame[]): Buffer {
  const [first] = frames;
  if (first === undefined) throw new Error('An animation needs a frame.');
  const canvas = Buffer.concat([
    Buffer.from([ANIMATION, 0, 0, 0]),
    uint24(first.width - 1),
    uint24(first.height - 1),
  ]);
  // A white background, and no end.
  const animation = Buffer.from([255, 255, 255, 255, 0, 0]);
  const body = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    chunk('VP8X', canvas),
    chunk('ANIM', animation),
    ...frames.map(frameChunk),
  ]);
  const header = Buffer.alloc(8);
  header.write('RIFF', 'latin1');
  header.writeUInt32LE(body.length, 4);
  return Buffer.concat([header, body]);
}
