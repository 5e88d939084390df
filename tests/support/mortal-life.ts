import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { computerNow } from '../../main/platform/computer-time';
import { createSandbox, type Sandbox } from '../../main/sandbox/sandbox';
import { serveSandbox, type SandboxServer } from '../../main/sandbox/server';
import type { CreationOrder } from './creation-child';
import { testSigningKey } from './practice';
import { whatIsThere } from './recipe-draft';

/** A person's computer and AWS: the one may lose its process at any moment, the other never does. */
export class MortalLife {
  readonly sandbox: Sandbox = createSandbox({
    clock: { now: computerNow, offset: () => undefined },
    signingKey: testSigningKey,
  });
  readonly #directory = mkdtempSync(join(tmpdir(), 'sallyport-killed-'));
  readonly #program: string;
  readonly #recipe: Pick<CreationOrder, 'recipeId' | 'parameters'>;
  readonly #before = whatIsThere(this.sandbox.snapshot());
  #server: SandboxServer | undefined;
  #child: ChildProcess | undefined;
  #lines: Interface | undefined;

  /** `program`: the bundled creation-child. */
  constructor(program: string, recipe: Pick<CreationOrder, 'recipeId' | 'parameters'>) {
    this.#program = program;
    this.#recipe = recipe;
  }

  /** Starts the app. @returns what it says first, or the signal that ended it */
  async start(environment: Readonly<Record<string, string>> = {}): Promise<string> {
    this.#server ??= await serveSandbox(this.sandbox, 0);
    const order: CreationOrder = {
      ...this.#recipe,
      directory: this.#directory,
      endpoint: this.#server.endpoint,
      keys: this.sandbox.identities,
    };
    this.#child = spawn(process.execPath, [this.#program, JSON.stringify(order)], {
      env: { PATH: process.env['PATH'], HOME: this.#directory, NODE_NO_WARNINGS: '1', ...environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#lines = createInterface({ input: this.#child.stdout! });
    return await this.#says();
  }

  async undo(): Promise<string> {
    const said = this.#says();
    this.#child?.stdin?.write('undo\n');
    return await said;
  }

  /** As by a power cut, at whatever it is doing. */
  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  get directory(): string {
    return this.#directory;
  }

  #says(): Promise<string> {
    return new Promise((resolve) => {
      this.#lines?.once('line', resolve);
      this.#child?.once('close', (code, signal) => {
        resolve(signal ?? `ended with ${String(code)}`);
      });
    });
  }

  here(): unknown {
    return whatIsThere(this.sandbox.snapshot());
  }

  /** Items of the keychain, and sources that hold one: what the app keeps of a key outside of the wizard. */
  kept(): readonly number[] {
    const size = (name: string, count: (json: unknown) => number): number => {
      const path = join(this.#directory, name);
      return existsSync(path) ? count(JSON.parse(readFileSync(path, 'utf8'))) : 0;
    };
    return [
      size('keychain.json', (items) => Object.keys(items as object).length),
      size('practice/sources.json', (file) => {
        const { sources } = (file as { data: { sources: readonly { kind: string }[] } }).data;
        return sources.filter(({ kind }) => kind === 'access-key').length;
      }),
    ];
  }

  /** Kinds of the steps in the journal, in its order. A step's ID is its kind, with a number where there are several. */
  kindsMade(): readonly string[] {
    const file = JSON.parse(readFileSync(join(this.#directory, 'practice', 'drafts.json'), 'utf8')) as {
      data: { drafts: [{ state: { answers: { creation: { journal: { stepId: string; state: string }[] } } } }] };
    };
    const { journal } = file.data.drafts[0].state.answers.creation;
    return journal.filter(({ state }) => state === 'done').map(({ stepId }) => stepId.replace(/-\d+$/, ''));
  }

  get before(): unknown {
    return this.#before;
  }

  async end(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#server?.close();
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
