/** The hidden document that writes exports: Chromium's offscreen document, or a frame in Firefox's background page. */
import { browser } from 'wxt/browser';
import { offerFiles, saveDeliveries } from '../../lib/export/jobs/requesting-page.ts';
import type { Delivery } from '../../lib/export/files/delivery.ts';
import { createExportHost } from '../../lib/export/jobs/host.ts';
import type { ExportId } from '../../lib/export/jobs/job.ts';
import { listenForExportHost } from '../../lib/messages/export-host.ts';
import { send } from '../../lib/messages/send.ts';
import type { WorkerName } from '../../lib/worker-names.ts';

/** Firefox can't start downloads in its background page, so an inactive tab starts them and closes. */
async function deliverFromTab(files: readonly Delivery[]): Promise<void> {
  const query = new URLSearchParams({ files: JSON.stringify(files) });
  await browser.tabs.create({
    url: `${browser.runtime.getURL('/')}saving.html?${query.toString()}`,
    active: false,
  });
}

async function deliver(id: ExportId, files: readonly Delivery[]): Promise<void> {
  if (await offerFiles(id, files)) return;
  if (import.meta.env.FIREFOX) await deliverFromTab(files);
  else await saveDeliveries(files);
}

listenForExportHost(
  createExportHost({
    startWorker: () => {
      const name: WorkerName = 'export';
      return new Worker(new URL('../../lib/worker.ts', import.meta.url), { type: 'module', name });
    },
    deliver,
    onState: async (id, state) => {
      await send('export.state-changed', { id, state });
    },
    onIdle: async () => {
      await send('export.idle', {});
    },
  }),
);
