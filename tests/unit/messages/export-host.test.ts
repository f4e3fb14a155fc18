/** An export that the document does not accept reports the reason instead of a missing response. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import type { ExportHost } from '../../../lib/export/jobs/host.ts';
import { receiptOf } from '../../../lib/export/receipt/receipt.ts';
import type { ExportJob } from '../../../lib/export/jobs/job-request.ts';
import { exportIdSchema } from '../../../lib/export/jobs/job.ts';
import { sendToExportHost, listenForExportHost } from '../../../lib/messages/export-host.ts';
import { FRESH } from '../collector/machine-simulator.ts';
import { speakEnglish } from '../words/english.ts';

type Listener = (
  message: unknown,
  sender: { readonly id?: string },
  respond: (response: unknown) => void,
) => unknown;

/** The document, to which messages are delivered directly. */
function open(run: ExportHost['run'], sender: { readonly id?: string } = { id: browser.runtime.id }): void {
  let heard: Listener = () => undefined;
  vi.spyOn(browser.runtime.onMessage, 'addListener').mockImplementation((listener: unknown) => {
    heard = listener as Listener;
  });
  listenForExportHost({ run, cancel: () => undefined });
  const respond = (message: unknown): Promise<unknown> =>
    new Promise((resolve) => {
      // A message without a receiver has no response.
      if (heard(message, sender, resolve) !== true) setTimeout(resolve, 0, undefined);
    });
  Object.assign(browser.runtime, { sendMessage: vi.fn(respond) });
}

function job(): ExportJob {
  const file = {
    name: 'a.csv',
    format: 'csv',
    rows: 1,
    bytes: 0,
    sha256: '0'.repeat(64),
    columns: ['id'],
    filter: null,
    sort: null,
    guarded: 0,
    cut: 0,
    idsOnly: 0,
    unavailable: 0,
  };
  const receipt = receiptOf({
    snapshot: FRESH,
    spent: { requests: 0, charged: 0, listed: 0, maybeCharged: 0 },
    provider: { name: 'Bench', origin: null },
    creditPrice: null,
    file,
    appVersion: '0.1.0',
    writtenAt: 1,
  });
  const order = {
    id: exportIdSchema.parse('00000000-0000-4000-8000-0000000000aa'),
    snapshotId: FRESH.id,
    format: 'csv',
    columns: null,
    exact: false,
    chosen: null,
    filter: null,
    sort: null,
  };
  return { order, fileName: 'a.csv', rows: 1, receipt };
}

beforeEach(() => {
  speakEnglish();
  return () => {
    vi.restoreAllMocks();
  };
});

describe('requesting an export', () => {
  it('resolves when the document accepts it', async () => {
    const run = vi.fn(() => Promise.resolve());
    open(run);
    await sendToExportHost({ to: 'export-host', kind: 'run', job: job() });
    expect(run).toHaveBeenCalledOnce();
  });

  it('names the invalid field, but not its content', async () => {
    open(() => Promise.resolve());
    const wrong = {
      ...job(),
      receipt: { ...job().receipt, profile_created_at: '+055841-02-03T00:00:00.000Z' },
    };
    await expect(sendToExportHost({ to: 'export-host', kind: 'run', job: wrong })).rejects.toThrow(
      'The export was not started, because of job.receipt.profile_created_at.',
    );
  });

  it('passes on the reason for a rejection', async () => {
    open(() => Promise.reject(new Error('There is no free space.')));
    await expect(sendToExportHost({ to: 'export-host', kind: 'run', job: job() })).rejects.toThrow(
      'There is no free space.',
    );
  });

  it('gets no response without a document, and none for unknown senders', async () => {
    const run = vi.fn(() => Promise.resolve());
    open(run, { id: 'somebody' });
    await expect(sendToExportHost({ to: 'export-host', kind: 'run', job: job() })).rejects.toThrow(
      'did not respond',
    );
    expect(run).not.toHaveBeenCalled();
  });
});
