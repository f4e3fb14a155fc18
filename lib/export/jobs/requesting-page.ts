/**
 * The page that requested an export saves the file itself if it is still open, so that the browser shows the download in
 * the user's window. The page holds a Web Lock, which the browser releases when the page is closed.
 */
import { z } from '../../zod.ts';
import { deliveriesSchema, type Delivery } from '../files/delivery.ts';
import { isFinished, type ExportId } from './job.ts';
import { download } from '../files/save.ts';
import { openTemporary } from '../files/temporary.ts';
import { watchExports } from './job-states.ts';

const messageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('take'), files: deliveriesSchema }),
  z.strictObject({ kind: z.literal('taken') }),
  z.strictObject({ kind: z.literal('done') }),
]);
type Message = z.infer<typeof messageSchema>;

function lockName(id: ExportId): string {
  return `export-request/${id}`;
}

/** Starts the downloads of finished files. */
export async function saveDeliveries(files: readonly Delivery[]): Promise<void> {
  for (const { temporary, name, mimeType } of files) {
    download(await (await openTemporary(temporary)).getFile(), mimeType, name);
  }
}

/** Called by a page before it requests an export. Saves the files when they are finished. */
export async function expectFiles(id: ExportId): Promise<void> {
  const channel = new BroadcastChannel(lockName(id));
  const held = Promise.withResolvers<undefined>();
  const over = Promise.withResolvers<undefined>();
  let seen = false;
  const stop = watchExports((views) => {
    const view = views.find((one) => one.id === id);
    // An export that was listed and no longer is was cancelled.
    if (view === undefined ? seen : isFinished(view.state)) over.resolve(undefined);
    seen ||= view !== undefined;
  });
  const send = (message: Message): void => {
    channel.postMessage(message);
  };
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const parsed = messageSchema.safeParse(data);
    if (!parsed.success) return;
    if (parsed.data.kind === 'done') over.resolve(undefined);
    if (parsed.data.kind !== 'take') return;
    saveDeliveries(parsed.data.files).then(
      () => {
        send({ kind: 'taken' });
      },
      (error: unknown) => {
        // When the lock is released, the offering side saves the files itself.
        console.error('Could not save the files from this page.', error);
        over.resolve(undefined);
      },
    );
  };
  navigator.locks
    .request(lockName(id), async () => {
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

/** Offers finished files to the requesting page. @returns whether the page took them; if not, it is closed */
export async function offerFiles(id: ExportId, files: readonly Delivery[]): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  if (!held.some(({ name }) => name === lockName(id))) return false;
  const channel = new BroadcastChannel(lockName(id));
  const send = (message: Message): void => {
    channel.postMessage(message);
  };
  const taken = new Promise<boolean>((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const parsed = messageSchema.safeParse(data);
      if (parsed.success && parsed.data.kind === 'taken') resolve(true);
    };
  });
  const controller = new AbortController();
  const closed = navigator.locks
    .request(lockName(id), { signal: controller.signal }, () => false)
    .catch((error: unknown) => {
      // Aborted below, because the files were taken.
      if (error instanceof DOMException && error.name === 'AbortError') return true;
      throw error;
    });
  try {
    send({ kind: 'take', files: [...files] });
    return await Promise.race([taken, closed]);
  } finally {
    controller.abort();
    send({ kind: 'done' });
    channel.close();
  }
}
