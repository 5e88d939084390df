import { randomBytes } from 'node:crypto';
import { err, ok, type Result } from '../core/result';
import type { AwsCredentials, CredentialsProvider } from './aws/aws-api';
import type { SandboxPort } from './aws/sandbox-handler';
import type { Clock } from './platform/clock';
import type { Sandbox } from './sandbox/sandbox';
import { parseSandboxSnapshot, type SandboxSnapshot } from './sandbox/snapshot';
import type { SecretVault } from './secrets/secret-vault';
import { appError, type StoredDocument } from './workspace-context';

/** What the sandbox was like when it last changed; absent before its first use. */
export type PracticeDocument = { readonly snapshot?: unknown };

const keyName = 'practice/signing-key';

export type PracticePorts = {
  readonly clock: Clock;
  readonly vault: SecretVault;
  readonly document: StoredDocument<PracticeDocument>;
};

/**
 * The practice sandbox as the app carries it: made on first use, saved after each change. Its keys are derived from a
 * signing key in the keychain, so that the state on disk holds no secret, not even a pretended one.
 */
export class Practice implements SandboxPort {
  readonly #ports: PracticePorts;
  #sandbox: Promise<Result<Sandbox>> | undefined;

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

  /** Forgets every account, role and session of the sandbox. */
  async reset(): Promise<Result<unknown>> {
    this.#sandbox = undefined;
    const emptied = this.#ports.document.update(() => ({}));
    return emptied.ok ? await this.#ports.vault.remove(keyName) : emptied;
  }

  #open(): Promise<Result<Sandbox>> {
    this.#sandbox ??= this.#make();
    return this.#sandbox;
  }

  async #make(): Promise<Result<Sandbox>> {
    const { clock, document } = this.#ports;
    const signingKey = await this.#signingKey();
    const { createSandbox } = await import('./sandbox/sandbox');
    const saved: SandboxSnapshot | undefined = parseSandboxSnapshot(document.read().snapshot);
    try {
      const sandbox = createSandbox({ clock, signingKey, ...(saved === undefined ? {} : { snapshot: saved }) });
      sandbox.onChange(() => {
        document.update(() => ({ snapshot: sandbox.snapshot() }));
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

  /** Without a keychain practice goes on with a key in memory: its open sessions then end with the app. */
  async #signingKey(): Promise<Uint8Array> {
    const { vault } = this.#ports;
    const kept = await vault.get(keyName);
    if (kept.ok && kept.value !== undefined) return Buffer.from(kept.value, 'base64');
    const made = randomBytes(32);
    const text = made.toString('base64');
    if (!(await vault.put(keyName, text)).ok) await vault.put(keyName, text, 'memory');
    return made;
  }
}
