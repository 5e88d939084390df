import { topics } from '../core/contract/contract';
import { noTrouble, type SandboxTrouble } from '../core/domain/practice-trouble';
import { err, ok, type Result } from '../core/result';
import type { Handlers } from './ipc/register';
import type { Practice } from './practice';
import { notFound, type Publisher } from './workspace-context';

export type PracticeControlPorts = {
  readonly practice: Practice;
  readonly publisher: Publisher;
  /** ends the practice workspace's sessions and forgets everything kept for it but the sandbox's own document */
  readonly emptyWorkspace: () => Promise<Result<unknown>>;
  /** the keychain may answer otherwise from now on */
  readonly askKeychain: () => Promise<unknown>;
};

/** What the window may do to the sandbox itself: begin anew, make trouble. */
export class PracticeControl {
  readonly #ports: PracticeControlPorts;

  constructor(ports: PracticeControlPorts) {
    this.#ports = ports;
  }

  handlers(): Handlers['practice'] {
    const { practice, publisher } = this.#ports;
    return {
      describe: async () => ok(await practice.describe()),
      setTrouble: ({ trouble }) => this.#setTrouble(trouble),
      begin: ({ scenario }) => this.#begin(scenario),
      recreateDeployer: async () => {
        const done = await practice.recreateDeployer();
        publisher.changed('app', 'sources');
        return done.ok ? ok({}) : done;
      },
    };
  }

  async #setTrouble(trouble: SandboxTrouble): Promise<Result<Record<string, never>>> {
    const { practice, publisher, askKeychain } = this.#ports;
    const before = practice.trouble().keychain;
    const set = await practice.setTrouble(trouble);
    if (!set.ok) return set;
    if (before !== trouble.keychain) await askKeychain();
    publisher.changed('app');
    return ok({});
  }

  async #begin(name: string): Promise<Result<Record<string, never>>> {
    const { practice, publisher, emptyWorkspace, askKeychain } = this.#ports;
    const { scenarios } = await practice.describe();
    if (!scenarios.some((scenario) => scenario.name === name)) return err(notFound('This scenario'));
    // With the keychain back, so that what is in it can be removed.
    const well = await practice.setTrouble(noTrouble);
    if (!well.ok) return well;
    const emptied = await emptyWorkspace();
    const begun = emptied.ok ? await practice.begin(name) : emptied;
    await askKeychain();
    publisher.changed(...topics);
    return begun.ok ? ok({}) : begun;
  }
}
