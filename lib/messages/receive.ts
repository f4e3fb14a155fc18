/** Receives messages in the background. The sender and the content are checked first; everything unknown is refused. */
import { browser, type Browser } from 'wxt/browser';
import { exportIdSchema, exportOrderSchema, exportStateSchema } from '../export/jobs/job.ts';
import { handleKey } from '../model/handles.ts';
import { batchIdSchema, MOST_PROFILES } from '../model/batch.ts';
import { providerIdSchema, snapshotIdSchema } from '../model/ids.ts';
import { amountSchema } from '../model/money.ts';
import { platformSchema, relationSchema } from '../model/platform.ts';
import { handleSchema } from '../model/profile.ts';
import { MAX_NAME_LENGTH, MAX_NOTES_LENGTH } from '../model/snapshot.ts';
import { QUEUE_MOVES } from '../store/queue-order.ts';
import { intervals, MOST_UPDATES, watchIdSchema } from '../model/watch.ts';
import { storageErrorOf } from '../store/storage-error.ts';
import { storageMessage } from '../words/storage-error.ts';
import { z } from '../zod.ts';
import type { ExclusiveGate } from './exclusive-gate.ts';
import type { MessageName, Messages, Reply, RequestOf, ResponseTo } from './types.ts';

type Sender = Browser.runtime.MessageSender;

const empty = z.strictObject({});
const howMany = z.nullable(z.int().check(z.positive()));
const ofBatch = z.strictObject({ batchId: batchIdSchema });
const ofSnapshot = z.strictObject({ snapshotId: snapshotIdSchema });

const schema = z.array(z.string().check(z.maxLength(50_000))).check(z.maxLength(8));

/** Whether each profile is named once. */
function areDistinct(handles: readonly string[]): boolean {
  return new Set(handles.map(handleKey)).size === handles.length;
}

/** The content of each message. */
const schemas = {
  'page.state': z.strictObject({ schema }),
  'page.start': z.strictObject({ relation: relationSchema }),
  'page.pause': empty,
  'page.resume': empty,
  'page.stop': empty,
  'page.open': empty,
  'run.start': z.strictObject({
    platform: platformSchema,
    handle: handleSchema,
    relation: relationSchema,
    provider: z.nullable(providerIdSchema),
    howMany,
    cap: z.nullable(amountSchema),
    again: z.boolean(),
    check: z.optional(z.boolean()),
  }),
  'run.confirm': z.strictObject({
    snapshotId: snapshotIdSchema,
    howMany,
    cap: amountSchema,
    check: z.optional(z.boolean()),
  }),
  'run.pause': ofSnapshot,
  'run.resume': ofSnapshot,
  'run.read-again': ofSnapshot,
  'run.stop': ofSnapshot,
  'run.update': z.strictObject({ snapshotId: snapshotIdSchema, cap: z.nullable(amountSchema) }),
  'run.continue': z.strictObject({ snapshotId: snapshotIdSchema, howMany, cap: z.nullable(amountSchema) }),
  'batch.start': z.strictObject({
    platform: platformSchema,
    relation: relationSchema,
    provider: providerIdSchema,
    howMany,
    limit: amountSchema,
    handles: z.array(handleSchema).check(z.minLength(1), z.maxLength(MOST_PROFILES), z.refine(areDistinct)),
    again: z.boolean(),
  }),
  'batch.pause': ofBatch,
  'batch.resume': ofBatch,
  'batch.retry': ofBatch,
  'batch.stop': ofBatch,
  'batch.limit': z.strictObject({ batchId: batchIdSchema, limit: amountSchema }),
  'queue.move': z.strictObject({ snapshotId: snapshotIdSchema, to: z.enum(QUEUE_MOVES) }),
  'list.opened': ofSnapshot,
  'list.watch': z.strictObject({
    snapshotId: snapshotIdSchema,
    setting: z.union([
      z.strictObject({ kind: z.literal('off') }),
      z.strictObject({ kind: z.literal('remind'), every: z.enum(intervals) }),
      z.strictObject({
        kind: z.literal('update'),
        every: z.enum(intervals),
        provider: providerIdSchema,
        allowance: amountSchema,
        fullEvery: z.nullable(z.int().check(z.gte(1), z.lte(MOST_UPDATES))),
      }),
    ]),
  }),
  'list.unwatch': z.strictObject({ watch: watchIdSchema }),
  'list.describe': z.strictObject({
    snapshotId: snapshotIdSchema,
    name: z.string().check(z.maxLength(MAX_NAME_LENGTH)),
    notes: z.string().check(z.maxLength(MAX_NOTES_LENGTH)),
  }),
  'list.delete': ofSnapshot,
  'list.restore': ofSnapshot,
  'list.empty': z.strictObject({ what: z.enum(['trash', 'recent']) }),
  'keys.changed': z.strictObject({ provider: providerIdSchema }),
  'preferences.changed': empty,
  'backup.restored': empty,
  'storage.try-again': empty,
  'export.start': exportOrderSchema,
  'export.cancel': z.strictObject({ id: exportIdSchema }),
  'export.dismiss': z.strictObject({ id: exportIdSchema }),
  'export.state-changed': z.strictObject({ id: exportIdSchema, state: exportStateSchema }),
  'export.idle': empty,
  'everything.delete': empty,
  'popup.hint': z.strictObject({ platform: platformSchema, handle: handleSchema }),
  'popup.active-profile': empty,
} as const;

/** A message's content, after validation. */
export type Received<N extends MessageName> = z.infer<(typeof schemas)[N]>;

/** What is known about a sender. A page's URL is that of its tab: the sender's own is outdated after an in-page navigation. */
export type SenderOf<N extends MessageName> = Messages[N]['from'] extends 'page'
  ? { readonly tabId: number; readonly url: string }
  : null;

export type Handlers = {
  readonly [N in MessageName]: (request: Received<N>, sender: SenderOf<N>) => Promise<ResponseTo<N>>;
};

// The schemas must match the types of the messages; a difference does not compile.
type Fits<N extends MessageName> = RequestOf<N> extends z.input<(typeof schemas)[N]> ? true : false;
type AllFit = { readonly [N in MessageName]: Fits<N> extends true ? N : never };
const names = Object.keys(schemas) as readonly (keyof AllFit)[];

const envelopeSchema = z.strictObject({ name: z.string(), request: z.unknown() });

function isExtensionPage(sender: Sender): boolean {
  return sender.url?.startsWith(browser.runtime.getURL('/')) ?? false;
}

/** The page that sent a message. Only its top frame may send any. */
function pageOf(sender: Sender): { tabId: number; url: string } | null {
  const { tab, frameId } = sender;
  if (isExtensionPage(sender) || frameId !== 0 || tab?.id === undefined || tab.url === undefined) return null;
  return { tabId: tab.id, url: tab.url };
}

function refuse(why: string): { readonly ok: false; readonly why: string } {
  return { ok: false, why };
}

/** Handles messages after checking the sender and the content. */
export function listenForMessages(handlers: Handlers, gate: ExclusiveGate): void {
  async function dispatch<N extends MessageName>(
    name: N,
    request: unknown,
    sender: Sender,
  ): Promise<Reply<N>> {
    const fromPage = name.startsWith('page.');
    const page = pageOf(sender);
    if (fromPage ? page === null : !isExtensionPage(sender)) {
      return refuse(`"${name}" is not allowed from this sender.`);
    }
    const parsed = schemas[name].safeParse(request);
    if (!parsed.success) return refuse(`"${name}" has invalid content.`);
    // The checks above make these two casts true; the compiler cannot follow a lookup by name.
    const from = (fromPage ? page : null) as SenderOf<N>;
    const handle = (): Promise<ResponseTo<N>> => handlers[name](parsed.data as Received<N>, from);
    // Anything that a message starts or stores happens either before everything is deleted or after it.
    const response = await (name === 'everything.delete' ? handle() : gate.runShared(handle));
    return { ok: true, response };
  }

  /** Never rejects: an error is a reply too. */
  async function replyTo(message: unknown, sender: Sender): Promise<Reply<MessageName>> {
    if (sender.id !== browser.runtime.id) return refuse('Only Followledger may send messages.');
    const envelope = envelopeSchema.safeParse(message);
    const name = names.find((known) => envelope.success && known === envelope.data.name);
    if (!envelope.success || name === undefined) return refuse('This message is unknown.');
    try {
      return await dispatch(name, envelope.data.request, sender);
    } catch (error) {
      console.error(`"${name}" failed.`, error);
      const storageError = storageErrorOf(error);
      return refuse(
        storageError === null
          ? 'Followledger could not do that. Nothing was lost; try again.'
          : storageMessage(storageError),
      );
    }
  }

  browser.runtime.onMessage.addListener(
    (message: unknown, sender: Sender, respond: (reply: unknown) => void) => {
      void replyTo(message, sender).then(respond);
      // Keeps the channel open for the reply.
      return true;
    },
  );
}
