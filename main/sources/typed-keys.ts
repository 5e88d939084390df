import type { AppError, Remedy } from '../../core/app-error';
import { keyHintOf, type Identity, type Source } from '../../core/domain/source';
import { err, ok, type Result } from '../../core/result';
import type { AwsCredentials, CredentialsProvider } from '../aws/aws-api';
import { appError, type WorkspaceContext } from '../workspace-context';

/** Milliseconds that a typed key may lie unused before it is forgotten by itself. */
export const unusedFor = 15 * 60_000;

export type NewTypedKey = {
  /** the account that it has to be of */
  readonly accountId: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
};

export type TypedKeysPorts = Pick<WorkspaceContext, 'audit' | 'clock' | 'newId'> & {
  /** asks AWS whose the key is that was just taken; refuses the root user's */
  readonly identify: (sourceId: string) => Promise<Result<Identity>>;
  readonly onForgotten: (sourceId: string) => void;
};

type TypedKey = {
  readonly source: Source;
  readonly provider: CredentialsProvider;
  readonly credentials: AwsCredentials;
  readonly callOff: () => void;
  inUse: boolean;
};

/**
 * Keys that were typed for one act: in this object and nowhere else. They have no record on disk and no item in the
 * keychain, so there is nothing to clean up after a crash.
 * SECURITY(S-13): after they are forgotten nothing here refers to the secret; who still has the provider gets an error.
 */
export class TypedKeys {
  readonly #keys = new Map<string, TypedKey>();
  readonly #ports: TypedKeysPorts;

  constructor(ports: TypedKeysPorts) {
    this.#ports = ports;
  }

  /** Takes a key, once AWS has said that it is of this account and not its root's. Otherwise it is forgotten at once. */
  async typeOnce(key: NewTypedKey): Promise<Result<{ sourceId: string; identity: Identity }>> {
    const { audit, identify } = this.#ports;
    const { accountId } = key;
    const sourceId = this.#add(key);
    const identity = await identify(sourceId);
    const refusal = identity.ok ? wrongAccount(identity.value, accountId) : identity.error;
    if (identity.ok && refusal === undefined) {
      audit({ act: 'key.typed-once', subject: identity.value.arn });
      return ok({ sourceId, identity: identity.value });
    }
    this.forget(sourceId);
    const error =
      refusal ?? appError('unexpected', 'AWS did not say whose this key is.', { whatToDo: 'Type it again.' });
    // where the sources are kept there is nothing to be done about this key
    return err({ ...error, remedies: error.remedies.filter(({ kind }) => !elsewhere.includes(kind)) });
  }

  find(sourceId: string): Source | undefined {
    return this.#keys.get(sourceId)?.source;
  }

  provider(sourceId: string): CredentialsProvider | undefined {
    return this.#keys.get(sourceId)?.provider;
  }

  /** Keeps a key until the act that it was typed for is over, whoever wants it forgotten meanwhile; then it goes. */
  hold(sourceId: string): () => void {
    const key = this.#keys.get(sourceId);
    if (key !== undefined) {
      key.inUse = true;
      key.callOff();
    }
    return () => {
      this.#drop(sourceId);
    };
  }

  forget(sourceId: string): void {
    if (this.#keys.get(sourceId)?.inUse !== true) this.#drop(sourceId);
  }

  #add({ accessKeyId, region, secretAccessKey, sessionToken }: NewTypedKey): string {
    const id = this.#ports.newId();
    const keyHint = keyHintOf(accessKeyId);
    this.#keys.set(id, {
      source: { kind: 'access-key', id, label: 'the key typed once', keyHint, kept: 'memory', region },
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
      provider: () => {
        const kept = this.#keys.get(id);
        return Promise.resolve(kept === undefined ? err(forgotten) : ok(kept.credentials));
      },
      callOff: this.#ports.clock.schedule(unusedFor, () => {
        this.forget(id);
      }),
      inUse: false,
    });
    return id;
  }

  #drop(sourceId: string): void {
    const key = this.#keys.get(sourceId);
    if (key === undefined) return;
    key.callOff();
    this.#keys.delete(sourceId);
    this.#ports.onForgotten(sourceId);
  }
}

const elsewhere: readonly Remedy['kind'][] = ['choose-source', 'replace-access-key'];

const forgotten: AppError = appError('credentials-missing', 'The key that was typed for this is forgotten.', {
  whatToDo: 'Type it again, or choose other credentials.',
});

function wrongAccount({ accountId, name }: Identity, wanted: string): AppError | undefined {
  if (accountId === wanted) return undefined;
  return appError(
    'invalid-input',
    `This key is of ${name} in account ${accountId}. The role is for account ${wanted}.`,
    {
      whatDidNotChange: 'Nothing was made.',
      whatToDo: `Type a key of account ${wanted}, or go back and choose account ${accountId}.`,
      field: 'accessKeyId',
    },
  );
}
