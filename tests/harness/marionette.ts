/**
 * Firefox's own remote control, as far as the tests need it: one TCP connection, messages of the form
 * `length:JSON`. WebDriver BiDi, which existing drivers use, refuses extension pages.
 */
import { connect, type Socket } from 'node:net';

/** An element of the current page, as Marionette identifies it. */
export interface ElementReference {
  readonly 'element-6066-11e4-a52e-4f735466cecf': string;
}

/** What a script may take and return: JSON, and elements of the current page. */
export type Transferable =
  | string
  | number
  | boolean
  | null
  | ElementReference
  | readonly Transferable[]
  | { readonly [key: string]: Transferable };

/** The value as a string, which it must be; a missing value is the empty string. */
export function asText(value: Transferable): string {
  if (value === null) return '';
  if (typeof value !== 'string') throw new Error(`Expected a string, received ${JSON.stringify(value)}.`);
  return value;
}

/** A command that Firefox refused; `kind` is WebDriver's error code. */
export class MarionetteError extends Error {
  readonly kind: string;

  constructor(command: string, kind: string, message: string) {
    super(`${command}: ${kind}: ${message}`);
    this.name = 'MarionetteError';
    this.kind = kind;
  }
}

interface Waiting {
  readonly command: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

type ReceivedResponse = readonly [
  type: number,
  id: number,
  error: { error: string; message: string } | null,
  value: unknown,
];

/** Splits the byte stream into messages. */
class Frames {
  #rest: Buffer = Buffer.alloc(0);

  *take(chunk: Buffer): Generator<string> {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const colon = this.#rest.indexOf(':');
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#rest.subarray(0, colon).toString('latin1'));
      if (this.#rest.length < end) return;
      yield this.#rest.subarray(colon + 1, end).toString('utf8');
      this.#rest = this.#rest.subarray(end);
    }
  }
}

/** A connection to a Firefox started with `-marionette`. */
export class Marionette {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #gone: Error | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', (error) => {
      this.#end(error);
    });
    socket.on('close', () => {
      this.#end(new Error('Firefox closed the connection.'));
    });
  }

  /** Resolves once Firefox has sent its greeting; rejects if nothing listens on the port. */
  static connect(port: number): Promise<Marionette> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      const frames = new Frames();
      const marionette = new Marionette(socket);
      socket.once('error', reject);
      let greeted = false;
      socket.on('data', (chunk: Buffer) => {
        for (const message of frames.take(chunk)) {
          if (greeted) marionette.#receive(JSON.parse(message) as ReceivedResponse);
          else {
            greeted = true;
            resolve(marionette);
          }
        }
      });
    });
  }

  #receive([, id, error, value]: ReceivedResponse): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    if (error) waiting.reject(new MarionetteError(waiting.command, error.error, error.message));
    else waiting.resolve(value);
  }

  #end(why: Error): void {
    this.#gone ??= why;
    for (const { reject } of this.#waiting.values()) reject(why);
    this.#waiting.clear();
  }

  /** Sends a command and returns its response; commands with a single value return it under `value`. */
  send(command: string, parameters: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    if (this.#gone) return Promise.reject(this.#gone);
    const id = this.#nextId++;
    const body = Buffer.from(JSON.stringify([0, id, command, parameters]), 'utf8');
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { command, resolve, reject });
      this.#socket.write(Buffer.concat([Buffer.from(`${body.length}:`, 'latin1'), body]));
    });
  }

  /** Like {@link send}, for commands whose response is `{value}`. */
  async value(command: string, parameters: Readonly<Record<string, unknown>> = {}): Promise<Transferable> {
    const response = await this.send(command, parameters);
    if (typeof response !== 'object' || response === null || !('value' in response)) {
      throw new Error(`${command} returned no value.`);
    }
    return response.value as Transferable;
  }

  /** Like {@link value}, for commands whose value is a string. */
  async text(command: string, parameters: Readonly<Record<string, unknown>> = {}): Promise<string> {
    return asText(await this.value(command, parameters));
  }

  close(): void {
    this.#socket.destroy();
  }
}
