/**
 * The page that asked for an export saves the file itself if it is still there: the browser then shows the download
 * where the user is. Whether it is there is told by a Web Lock that it holds, which the browser frees when it ends.
 */
import { z } from '../../zod.ts';
import { deliveriesSchema, type Delivery } from '../files/delivery.ts';
import { isOver, type ExportId } from './job.ts';
import { download } from '../files/save.ts';
import { openTemporary } from '../files/temporary.ts';
import { watchExports } from './job-states.ts';

const sayingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('take'), files: deliveriesSchema }),
  z.strictObject({ kind: z.literal('taken') }),
  z.strictObject({ kind: z.literal('thanks') }),
]);
type Saying = z.infer<typeof sayingSchema>;

function nameOf(id: ExportId): string {
  return `export-asked/${id}`;
}

/** Begins the downloads of finished files. */
export async function saveDeliveries(files: readonly Delivery[]): Promise<void> {
  for (const { temporary, name, mimeType } of files) {
    download(await (await openTemporary(temporary)).getFile(), mimeType, name);
  }
}

/** From the page that asks, before it asks: takes the files when they are finished. */
export async function expectFiles(id: ExportId): Promise<void> {
  const channel = new BroadcastChannel(nameOf(id));
  const held = Promise.withResolvers<undefined>();
  const over = Promise.withResolvers<undefined>();
  let seen = false;
  const stop = watchExports((views) => {
    const view = views.find((one) => one.id === id);
    // One that is gone again was cancelled.
    if (view === undefined ? seen : isOver(view.state)) over.resolve(undefined);
    seen ||= view !== undefined;
  });
  const say = (saying: Saying): void => {
    channel.postMessage(saying);
  };
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const heard = sayingSchema.safeParse(data);
    if (!heard.success) return;
    if (heard.data.kind === 'thanks') over.resolve(undefined);
    if (heard.data.kind !== 'take') return;
    saveDeliveries(heard.data.files).then(
      () => {
        say({ kind: 'taken' });
      },
      (error: unknown) => {
        // Letting go tells the other side to hand the files over itself.
        console.error('Could not save the files from this page.', error);
        over.resolve(undefined);
      },
    );
  };
  navigator.locks
    .request(nameOf(id), async () => {
      held.resolve(undefined);
      await over.promise;
    })
    .catch(held.reject)
    .finally(() => {
      stop();
      channel.close();
    });
  await held.promise;
}

/** Hands finished files to the page that asked. @returns whether it took them; if not, it is gone */
export async function offerFiles(id: ExportId, files: readonly Delivery[]): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  if (!held.some(({ name }) => name === nameOf(id))) return false;
  const channel = new BroadcastChannel(nameOf(id));
  const say = (saying: Saying): void => {
    channel.postMessage(saying);
  };
  const taken = new Promise<boolean>((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const heard = sayingSchema.safeParse(data);
      if (heard.success && heard.data.kind === 'taken') resolve(true);
    };
  });
  const giveUp = new AbortController();
  const gone = navigator.locks
    .request(nameOf(id), { signal: giveUp.signal }, () => false)
    .catch((error: unknown) => {
      // Given up below: the files were taken.
      if (error instanceof DOMException && error.name === 'AbortError') return true;
      throw error;
    });
  try {
    say({ kind: 'take', files: [...files] });
    return await Promise.race([taken, gone]);
  } finally {
    giveUp.abort();
    say({ kind: 'thanks' });
    channel.close();
  }
}
