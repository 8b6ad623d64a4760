import { TelegramBatch } from '../batch.ts';
import type { KeyEntry } from '../options.ts';
import { newLife, whenGone } from './life.ts';
import type { Alive, Done, Failed, Ready, Unread, Work } from './message.ts';
import { listen, type Port, tellsItsEnd } from './port.ts';

/** A worker, as the pool needs it: one of the web or of Node. */
export interface PoolWorker extends Port {
  terminate(): unknown;
}

/** What is told of a piece of work, once or more; `last`: nothing more comes. */
export interface Answer {
  readonly from: number;
  readonly last: boolean;
  readonly result: TelegramBatch | string;
}

interface Waiting {
  readonly work: Work;
  readonly count: number;
  /** Telegrams that are answered. */
  answered: number;
  readonly tell: (answer: Answer) => void;
}

/** Workers in a row that may end without having done any work. */
const MOST_FAILURES = 3;

/** What a worker's messages are. */
type Message = Ready | Done | Failed | Alive | Unread;

/** One worker's place: when the worker fails, another one takes it and goes on with what is left. */
export class Slot {
  readonly #spawn: () => PoolWorker;
  readonly #keys: readonly KeyEntry[];
  readonly #simd: boolean | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #worker: PoolWorker | undefined;
  #ready = false;
  #failures = 0;
  #settle: (reason?: string) => void = () => {};
  #probes = 0;
  /** Why no worker takes the place any more. */
  broken: string | undefined;

  constructor(spawn: () => PoolWorker, keys: readonly KeyEntry[], simd: boolean | undefined) {
    this.#spawn = spawn;
    this.#keys = keys;
    this.#simd = simd;
  }

  /** Works that are not answered in full. */
  get open(): number {
    return this.#waiting.size;
  }

  /** Begins; resolves with a reason where that is not possible. */
  begin(): Promise<string | undefined> {
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#replace();
    });
  }

  send(work: Work, count: number, tell: (answer: Answer) => void): void {
    this.#waiting.set(work.id, { work, count, answered: 0, tell });
    if (this.broken !== undefined) this.#breakAll();
    else if (this.#ready) this.#worker?.postMessage(work);
  }

  /** Ends the worker; what is open is answered with a failure. */
  end(reason: string): unknown {
    this.broken = reason;
    const worker = this.#worker;
    this.#worker = undefined;
    this.#breakAll();
    return worker?.terminate();
  }

  #replace(): void {
    this.#ready = false;
    this.#worker = undefined;
    let worker: PoolWorker;
    try {
      worker = this.#spawn();
    } catch (error) {
      this.#fail(String((error as Error)?.message ?? error));
      return;
    }
    this.#worker = worker;
    const life = tellsItsEnd(worker) ? undefined : newLife();
    let error: string | undefined;
    /** What a probe is to show: the works that are not answered when it is sent. */
    const suspects = new Map<number, readonly number[]>();
    const fail = (reason: string): void => {
      if (worker === this.#worker) this.#fail(reason);
    };
    listen(
      worker,
      (message) => {
        if (worker !== this.#worker) return;
        const told = message as Message;
        if ('alive' in told) {
          if (suspects.get(told.alive)?.some((id) => this.#waiting.has(id))) fail(error as string);
          return;
        }
        this.#take(told);
        if (life !== undefined && 'ready' in told && this.#ready)
          whenGone(life, () => fail(error ?? 'it has ended'));
      },
      fail,
      (reason) => {
        if (worker !== this.#worker) return;
        // Before it is ready it may not be there at all. Later it lives on, and an error overtakes answers sent before it.
        if (!this.#ready) return fail(reason);
        error = reason;
        suspects.set(this.#probes, [...this.#waiting.keys()]);
        worker.postMessage({ probe: this.#probes++ }, [] as never);
      },
    );
    // Copied into the worker, which overwrites its copies.
    worker.postMessage({ start: { keys: this.#keys, simd: this.#simd, life } }, [] as never);
  }

  #take(message: Ready | Done | Failed | Unread): void {
    if ('ready' in message) {
      if (message.ready !== true) {
        this.end(message.ready);
        this.#settle(message.ready);
        return;
      }
      this.#ready = true;
      this.#settle();
      for (const { work } of this.#waiting.values()) this.#worker?.postMessage(work);
      return;
    }
    if ('unread' in message) {
      const [first] = this.#waiting.values();
      if (first) this.#answerWith(first, message.unread);
      return;
    }
    this.#failures = 0;
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return;
    if ('failed' in message) {
      this.#answerWith(waiting, message.failed);
      return;
    }
    const { from, last, length } = message;
    if (last) this.#waiting.delete(message.id);
    waiting.answered = from + length;
    const { telegrams, records, issues, memory } = message;
    const words = new Int32Array(records.mantissa.buffer);
    const result = new TelegramBatch(length, { telegrams, records, issues, memory, words });
    waiting.tell({ from, last, result });
  }

  /** The worker has gone: what it was at is given up, the rest goes to another one. */
  #fail(reason: string): void {
    this.#worker?.terminate();
    if (this.#ready) {
      const [first] = this.#waiting.values();
      if (first) this.#answerWith(first, reason);
    }
    if (++this.#failures < MOST_FAILURES) {
      this.#replace();
      return;
    }
    this.end(reason);
    this.#settle(reason);
  }

  #answerWith(waiting: Waiting, reason: string): void {
    this.#waiting.delete(waiting.work.id);
    waiting.tell({ from: waiting.answered, last: true, result: reason });
  }

  #breakAll(): void {
    for (const waiting of this.#waiting.values()) this.#answerWith(waiting, this.broken as string);
  }
}
