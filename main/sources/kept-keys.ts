import { z } from '../../core/zod';
import type { Source } from '../../core/domain/source';
import { err, ok, type Result } from '../../core/result';
import type { AwsCredentials } from '../aws/aws-api';
import type { Vault } from '../secrets/secret-vault';
import { appError } from '../workspace-context';

const storedKeySchema = z.strictObject({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string().optional(),
});

type NewKey = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly keep: boolean;
  readonly replaces?: string | undefined;
};

/** The secret part of access keys, under the ID of their source. */
export class KeptKeys {
  readonly #vault: Vault;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** Where it was put: what is to be forgotten at the end of this run is in memory only. */
  async put(sourceId: string, key: NewKey): Promise<Result<'keychain' | 'memory'>> {
    const { accessKeyId, keep, replaces, secretAccessKey, sessionToken } = key;
    const place = placeOf(sourceId);
    const secret = JSON.stringify({
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    });
    if (replaces !== undefined && !keep) {
      // what is to be forgotten must not leave its predecessor in the keychain
      const wiped = await this.#vault.remove(place);
      if (!wiped.ok) return wiped;
    }
    const kept = await this.#vault.put(place, secret, keep ? undefined : 'memory');
    if (!kept.ok) return kept;
    if (replaces !== undefined && kept.value === 'keychain') {
      // a predecessor in memory would be found first
      const wiped = await this.#vault.remove(place, 'memory');
      if (!wiped.ok) return wiped;
    }
    return kept;
  }

  async get({ id, label }: Pick<Source, 'id' | 'label'>): Promise<Result<AwsCredentials>> {
    const kept = await this.#vault.get(placeOf(id));
    if (!kept.ok) return kept;
    const parsed = storedKeySchema.safeParse(kept.value === undefined ? undefined : JSON.parse(kept.value));
    if (!parsed.success) {
      return err(
        appError('credentials-missing', `The access key of “${label}” is no longer kept on this computer.`, {
          whatToDo: 'Type the key again, or choose another source identity.',
          remedies: [{ kind: 'replace-access-key', sourceId: id }, { kind: 'choose-source' }],
        }),
      );
    }
    const { accessKeyId, secretAccessKey, sessionToken } = parsed.data;
    return ok({ accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) });
  }

  remove(sourceId: string, from: 'memory' | 'both' = 'both'): Promise<Result<void>> {
    return this.#vault.remove(placeOf(sourceId), from);
  }
}

function placeOf(sourceId: string): string {
  return `source/${sourceId}`;
}
