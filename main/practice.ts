import { randomBytes } from 'node:crypto';
import { z } from '../core/zod';
import { noTrouble, sandboxTroubleSchema, type SandboxTrouble } from '../core/domain/practice-trouble';
import { err, ok, type Result } from '../core/result';
import type { AwsCredentials, CredentialsProvider } from './aws/aws-api';
import type { SandboxPort } from './aws/sandbox-handler';
import type { Clock } from './platform/clock';
import type { Sandbox } from './sandbox/sandbox';
import { parseSandboxSnapshot, type SandboxSnapshot } from './sandbox/snapshot';
import type { SecretVault } from './secrets/secret-vault';
import { appError, notFound, type StoredDocument } from './workspace-context';

export const practiceDocumentSchema = z.strictObject({
  /** What the sandbox was like when it last changed; absent before its first use. */
  snapshot: z.unknown().optional(),
  /** What it began with. */
  scenario: z.string().max(40).optional(),
  trouble: sandboxTroubleSchema.optional(),
});
export type PracticeDocument = Readonly<z.infer<typeof practiceDocumentSchema>>;

const usualScenario = 'two-accounts';

const keyName = 'practice/signing-key';

/** Milliseconds between two writes of the sandbox's state, and so many times what a write takes, whichever is longer. */
const saveEvery = 250;
const restShare = 20;

export type PracticePorts = {
  readonly clock: Clock;
  readonly vault: SecretVault;
  readonly document: StoredDocument<PracticeDocument>;
};

/**
 * The practice sandbox as the app carries it: made on first use, saved after each change and at the end of a burst of them. Its keys are derived from a
 * signing key in the keychain, so that the state on disk holds no secret, not even a pretended one.
 */
export class Practice implements SandboxPort {
  readonly #ports: PracticePorts;
  #sandbox: Promise<Result<Sandbox>> | undefined;
  /** Counts sandboxes: what still runs in one that was forgotten is kept nowhere. */
  #turn = 0;
  #saveAgain: { isWanted: boolean; readonly cancel: () => void; readonly write: () => unknown } | undefined;

  constructor(ports: PracticePorts) {
    this.#ports = ports;
  }

  async handle(request: Parameters<SandboxPort['handle']>[0]): ReturnType<SandboxPort['handle']> {
    const sandbox = await this.#open();
    if (!sandbox.ok) throw new Error(sandbox.error.message);
    return await sandbox.value.handle(request);
  }

  /** Long-term keys of one of the sandbox's identities. */
  provider(part: 'deployer' | 'owner' | 'management'): CredentialsProvider {
    return async () => {
      const sandbox = await this.#open();
      if (!sandbox.ok) return sandbox;
      const { accessKeyId, secretAccessKey } = sandbox.value.identity(part);
      return ok<AwsCredentials>({ accessKeyId, secretAccessKey });
    };
  }

  /** What goes wrong now. */
  trouble(): SandboxTrouble {
    return this.#ports.document.read().trouble ?? noTrouble;
  }

  async describe(): Promise<{
    scenario: string;
    scenarios: { name: string; title: string; description: string }[];
    trouble: SandboxTrouble;
  }> {
    const { loadScenario, scenarioNames } = await import('./sandbox/scenario-catalog');
    const scenarios = scenarioNames.map(async (name) => {
      const { description, title } = await loadScenario(name);
      return { name, title, description };
    });
    const { scenario = usualScenario } = this.#ports.document.read();
    return { scenario, scenarios: await Promise.all(scenarios), trouble: this.trouble() };
  }

  /** From the next request on. */
  async setTrouble(trouble: SandboxTrouble): Promise<Result<unknown>> {
    const kept = this.#ports.document.update((document) => ({ ...document, trouble }));
    if (!kept.ok) return kept;
    const sandbox = await this.#sandbox;
    // what is left out goes well again
    if (sandbox?.ok === true) sandbox.value.setTrouble({ accountCreationFailure: undefined, ...trouble });
    return kept;
  }

  /** Deletes the deployer's user and makes one by the same name, with a key of its own. */
  async recreateDeployer(): Promise<Result<void>> {
    const sandbox = await this.#open();
    if (!sandbox.ok) return sandbox;
    sandbox.value.recreate('deployer');
    return ok(undefined);
  }

  /** Forgets every account, role and session of the sandbox, and begins with this scenario and its trouble. */
  async begin(scenario: string): Promise<Result<unknown>> {
    const { isScenarioName, loadScenario } = await import('./sandbox/scenario-catalog');
    if (!isScenarioName(scenario)) return err(notFound('This scenario'));
    const { trouble } = await loadScenario(scenario);
    this.#leave();
    const removed = await this.#ports.vault.remove(keyName);
    if (!removed.ok) return removed;
    return this.#ports.document.update(() => ({ scenario, trouble: sandboxTroubleSchema.parse(trouble ?? {}) }));
  }

  /** As before its first use. Its files and its key are gone already. */
  forget(): void {
    this.#leave();
    this.#ports.document.update(() => ({}));
  }

  #leave(): void {
    this.#turn += 1;
    this.#sandbox = undefined;
    this.#saveAgain?.cancel();
    this.#saveAgain = undefined;
  }

  #open(): Promise<Result<Sandbox>> {
    this.#sandbox ??= this.#make();
    return this.#sandbox;
  }

  async #make(): Promise<Result<Sandbox>> {
    const { clock, document } = this.#ports;
    const turn = this.#turn;
    const signingKey = await this.#signingKey(turn);
    const [{ createSandbox }, { isScenarioName, loadScenario }] = await Promise.all([
      import('./sandbox/sandbox'),
      import('./sandbox/scenario-catalog'),
    ]);
    const { scenario: name = usualScenario, snapshot } = document.read();
    const saved: SandboxSnapshot | undefined = parseSandboxSnapshot(snapshot);
    try {
      const scenario = saved === undefined && isScenarioName(name) ? await loadScenario(name) : undefined;
      const sandbox = createSandbox({
        clock,
        signingKey,
        ...(saved === undefined ? {} : { snapshot: saved }),
        ...(scenario === undefined ? {} : { scenario }),
        trouble: this.trouble(),
      });
      sandbox.onChange(() => {
        if (turn === this.#turn) this.#save(sandbox);
      });
      return ok(sandbox);
    } catch (error) {
      return err(
        appError('unexpected', 'The practice sandbox could not be opened.', {
          whatToDo: 'Reset it in Settings. Connections to real accounts are not touched.',
          detail: String(error),
        }),
      );
    }
  }

  /** The first change at once; those that follow it closely together, so that a burst is not written a hundred times. */
  #save(sandbox: Sandbox): void {
    if (this.#saveAgain !== undefined) {
      this.#saveAgain.isWanted = true;
      return;
    }
    const { clock, document } = this.#ports;
    const write = () => document.update((current) => ({ ...current, snapshot: sandbox.snapshot() }));
    const begun = clock.monotonic();
    write();
    // a sandbox of a thousand accounts takes its time: most of it is left to everything else
    const took = clock.monotonic() - begun;
    const cancel = clock.schedule(Math.max(saveEvery, took * restShare), () => {
      this.flush();
    });
    this.#saveAgain = { isWanted: false, cancel, write };
  }

  /** What was not written yet, now: before the app ends. */
  flush(): void {
    const again = this.#saveAgain;
    this.#saveAgain = undefined;
    again?.cancel();
    if (again?.isWanted === true) again.write();
  }

  /** Without a keychain practice goes on with a key in memory: its open sessions then end with the app. */
  async #signingKey(turn: number): Promise<Uint8Array> {
    const { vault } = this.#ports;
    const kept = await vault.get(keyName);
    if (kept.ok && kept.value !== undefined) return Buffer.from(kept.value, 'base64');
    const made = randomBytes(32);
    const text = made.toString('base64');
    if (turn === this.#turn && !(await vault.put(keyName, text)).ok) await vault.put(keyName, text, 'memory');
    return made;
  }
}
