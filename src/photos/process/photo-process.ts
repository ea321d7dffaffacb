import { fork, type ChildProcess } from 'node:child_process';
import { errorMessage } from '../../error-facts';
import type { Answer, Order } from './messages';
import { residentMemory } from './resident-memory';

/** Why a process ended while it had a photo. */
export type Death = 'too-slow' | 'too-much-memory' | 'crashed';

export interface ProcessLimits {
  /** For one photo. */
  readonly timeMs: number;
  readonly memoryBytes: number;
}

/** How often the memory of a busy process is looked at. In that time a decoder takes 100 to 200 MB more. */
const MEASURE_EVERY_MS = 100;

/** Starting takes 0.2 s; one that is not ready by then never will be. */
const START_MS = 30_000;

export class ProcessDied extends Error {
  override name = 'ProcessDied' as const;

  /** @param how the system's words for it */
  constructor(
    readonly death: Death,
    how: string,
  ) {
    super(`a photo process ended: ${death}${how === '' ? '' : ` (${how})`}`);
  }
}

/** One child process that answers one order at a time, and is killed where it breaks a limit. */
export class PhotoProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  #death: Death | null = null;
  #how = '';
  #isOver = false;
  #recipe = '';
  #memoryBytes = 0;

  /** Started, but not ready yet. */
  constructor(readonly file: string) {
    this.#child = fork(file, [], {
      serialization: 'advanced', // a JPEG as bytes, not as numbers in JSON
      // Nothing of the environment: what goes wrong in a decoder must not find a key there. Few arenas: 137 MB
      // would be 88 MB with the same work.
      env: { MALLOC_ARENA_MAX: '2' },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#exited = new Promise((resolve) => {
      const end = (how: string) => {
        this.#isOver = true;
        this.#how = how;
        resolve();
      };
      this.#child.once('exit', (code, signal) => end(signal ?? `exit code ${String(code)}`));
      this.#child.once('error', (error) => end(errorMessage(error)));
    });
  }

  /** @throws Error if it does not start */
  async ready(): Promise<void> {
    const answer = await this.#answer({ timeMs: START_MS, memoryBytes: Infinity }).catch((error: unknown) => {
      throw new Error(`A photo process cannot be started: ${this.file}: ${errorMessage(error)}`, {
        cause: error,
      });
    });
    if (answer.answer !== 'ready') throw new TypeError(`not ready but ${answer.answer}`);
    this.#recipe = answer.recipe;
  }

  get recipe(): string {
    return this.#recipe;
  }

  /** It has ended, or is ending: the signal is sent before the system says that it is gone. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** @throws ProcessDied if it ends before it has answered, or was ended because it broke a limit */
  async ask(order: Order, limits: ProcessLimits): Promise<Answer> {
    const answer = this.#answer(limits);
    this.#child.send(order, () => undefined); // a channel that is closed has an exit behind it
    const given = await answer;
    if (given.answer === 'examined') this.#memoryBytes = given.memoryBytes;
    return given;
  }

  /** What it held after its last photo. */
  get memoryBytes(): number {
    return this.#memoryBytes;
  }

  /** Nothing that it holds is lost: whatever matters has been answered. */
  async kill(death: Death = 'crashed'): Promise<void> {
    this.#death ??= death;
    this.#isOver = true;
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  async #answer({ timeMs, memoryBytes }: ProcessLimits): Promise<Answer> {
    let isAnswered = false;
    const over = setTimeout(() => void this.kill('too-slow'), timeMs);
    const measure = setInterval(() => {
      void this.#isAbove(memoryBytes).then((isAbove) => {
        // A measure that comes late is about the next photo.
        if (isAbove && !isAnswered) void this.kill('too-much-memory');
      });
    }, MEASURE_EVERY_MS);
    const child = this.#child;
    let leave = () => undefined;
    try {
      return await new Promise<Answer>((resolve, reject) => {
        const die = () =>
          reject(new ProcessDied(this.#death ?? 'crashed', this.#death === null ? this.#how : ''));
        if (this.#isOver) void this.#exited.then(die);
        child.once('message', resolve).once('exit', die).once('error', die);
        leave = () => void child.off('message', resolve).off('exit', die).off('error', die);
      });
    } finally {
      isAnswered = true;
      leave();
      clearTimeout(over);
      clearInterval(measure);
    }
  }

  async #isAbove(limitBytes: number): Promise<boolean> {
    const bytes = this.#child.pid === undefined ? null : await residentMemory(this.#child.pid);
    return bytes !== null && bytes > limitBytes;
  }
}
