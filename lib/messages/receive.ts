/**
 * The receiving half of the messages: who may ask what, checked before anything is done. Everything unknown is
 * refused.
 */
import { browser, type Browser } from 'wxt/browser';
import { exportIdSchema, exportOrderSchema, exportStateSchema } from '../export/jobs/job.ts';
import { providerIdSchema, snapshotIdSchema } from '../model/ids.ts';
import { amountSchema } from '../model/money.ts';
import { platformSchema, relationSchema } from '../model/platform.ts';
import { handleSchema } from '../model/profile.ts';
import { storageTroubleOf } from '../store/storage-error.ts';
import { storageSentence } from '../words/storage-error.ts';
import { z } from '../zod.ts';
import type { Gate } from './exclusive-gate.ts';
import type { AnswerTo, Ask, MessageName, Messages, Reply } from './types.ts';

type Sender = Browser.runtime.MessageSender;

const nothing = z.strictObject({});
const howMany = z.nullable(z.int().check(z.positive()));
const ofSnapshot = z.strictObject({ snapshotId: snapshotIdSchema });

const schema = z.array(z.string().check(z.maxLength(50_000))).check(z.maxLength(8));

/** What each message must look like. */
const schemas = {
  'page.state': z.strictObject({ schema }),
  'page.start': z.strictObject({ relation: relationSchema }),
  'page.pause': nothing,
  'page.resume': nothing,
  'page.stop': nothing,
  'page.open': nothing,
  'run.start': z.strictObject({
    platform: platformSchema,
    handle: handleSchema,
    relation: relationSchema,
    provider: z.nullable(providerIdSchema),
    howMany,
    cap: z.nullable(amountSchema),
    again: z.boolean(),
  }),
  'run.confirm': z.strictObject({ snapshotId: snapshotIdSchema, howMany, cap: amountSchema }),
  'run.pause': ofSnapshot,
  'run.resume': ofSnapshot,
  'run.read-again': ofSnapshot,
  'run.stop': ofSnapshot,
  'run.continue': z.strictObject({ snapshotId: snapshotIdSchema, howMany, cap: z.nullable(amountSchema) }),
  'list.opened': ofSnapshot,
  'list.delete': ofSnapshot,
  'list.restore': ofSnapshot,
  'keys.changed': z.strictObject({ provider: providerIdSchema }),
  'preferences.changed': nothing,
  'backup.restored': nothing,
  'storage.try-again': nothing,
  'export.start': exportOrderSchema,
  'export.cancel': z.strictObject({ id: exportIdSchema }),
  'export.dismiss': z.strictObject({ id: exportIdSchema }),
  'export.told': z.strictObject({ id: exportIdSchema, state: exportStateSchema }),
  'export.idle': nothing,
  'everything.delete': nothing,
  'popup.at-hand': nothing,
} as const;

/** What a message says once it is known to be one. */
export type Heard<N extends MessageName> = z.infer<(typeof schemas)[N]>;

/** What is known of a sender. A page's address is its tab's: the sender's own is stale after in-page navigation. */
export type From<N extends MessageName> = Messages[N]['from'] extends 'page'
  ? { readonly tabId: number; readonly url: string }
  : null;

export type Handlers = {
  readonly [N in MessageName]: (ask: Heard<N>, from: From<N>) => Promise<AnswerTo<N>>;
};

// The schemas and the types of the messages must say the same; a difference does not compile.
type Fits<N extends MessageName> = Ask<N> extends z.input<(typeof schemas)[N]> ? true : false;
type AllFit = { readonly [N in MessageName]: Fits<N> extends true ? N : never };
const names = Object.keys(schemas) as readonly (keyof AllFit)[];

const envelopeSchema = z.strictObject({ name: z.string(), ask: z.unknown() });

function isOwnPage(sender: Sender): boolean {
  return sender.url?.startsWith(browser.runtime.getURL('/')) ?? false;
}

/** A page's top frame; frames within it have no say. */
function pageOf(sender: Sender): { tabId: number; url: string } | null {
  const { tab, frameId } = sender;
  if (isOwnPage(sender) || frameId !== 0 || tab?.id === undefined || tab.url === undefined) return null;
  return { tabId: tab.id, url: tab.url };
}

function refuse(why: string): { readonly ok: false; readonly why: string } {
  return { ok: false, why };
}

/** Answers messages with the handlers, after checking sender and content. */
export function listen(handlers: Handlers, gate: Gate): void {
  async function hear<N extends MessageName>(name: N, ask: unknown, sender: Sender): Promise<Reply<N>> {
    const fromPage = name.startsWith('page.');
    const page = pageOf(sender);
    if (fromPage ? page === null : !isOwnPage(sender)) return refuse(`"${name}" may not be asked from here.`);
    const heard = schemas[name].safeParse(ask);
    if (!heard.success) return refuse(`"${name}" was not understood.`);
    // The two lines above are what makes these two true; a lookup by name cannot tell the compiler.
    const from = (fromPage ? page : null) as From<N>;
    const handle = (): Promise<AnswerTo<N>> => handlers[name](heard.data as Heard<N>, from);
    // Whatever a message would start or keep comes before everything is deleted, or after.
    const answer = await (name === 'everything.delete' ? handle() : gate.pass(handle));
    return { ok: true, answer };
  }

  /** Never rejects: what goes wrong is an answer too. */
  async function answer(message: unknown, sender: Sender): Promise<Reply<MessageName>> {
    if (sender.id !== browser.runtime.id) return refuse('Only Followledger may ask.');
    const envelope = envelopeSchema.safeParse(message);
    const name = names.find((known) => envelope.success && known === envelope.data.name);
    if (!envelope.success || name === undefined) return refuse('This message is not known.');
    try {
      return await hear(name, envelope.data.ask, sender);
    } catch (error) {
      console.error(`"${name}" failed.`, error);
      const trouble = storageTroubleOf(error);
      return refuse(
        trouble === null
          ? 'Followledger could not do that. Nothing was lost; try again.'
          : storageSentence(trouble),
      );
    }
  }

  browser.runtime.onMessage.addListener(
    (message: unknown, sender: Sender, respond: (reply: unknown) => void) => {
      void answer(message, sender).then(respond);
      // The answer comes later.
      return true;
    },
  );
}
