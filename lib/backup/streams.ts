/** Conversions between streams and async iterators. */

/** Like `ReadableStream.from`, which Chromium lacks. */
export function streamOf(
  parts: AsyncIterator<Uint8Array<ArrayBuffer>, undefined>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream(
    {
      pull: async (controller) => {
        const next = await parts.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: async () => {
        await parts.return?.(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}

/** The chunks of a stream. The stream is canceled if the loop ends early. */
export async function* chunksOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return undefined;
      yield value;
    }
  } finally {
    await reader.cancel().catch((error: unknown) => {
      console.debug('Could not cancel a stream.', error instanceof Error ? error.name : '');
    });
  }
}
