import type { Identity } from '../../core/domain/source';
import type { Source } from '../../core/domain/source';
import type { Result } from '../../core/result';
import type { OrganizationsApi, StsApi } from '../aws/aws-api';
import type { SourceClients, Sources } from '../sources/sources';

type Who = ReturnType<StsApi['getCallerIdentity']>;
type Organization = ReturnType<OrganizationsApi['describeOrganization']>;

/**
 * The sources as one round of tests sees them: who each is, and which organization it is in, is asked once, whatever
 * the number of connections. So a source that is dead fails its connections with one call.
 */
export class RoundSources implements Pick<Sources, 'clients' | 'inAccount'> {
  readonly #sources: Sources;
  readonly #signal: AbortSignal;
  readonly #who = new Map<string, Who>();
  readonly #organizations = new Map<string, Organization>();
  readonly #identities = new Map<string, Promise<Result<Identity>>>();

  constructor(sources: Sources, signal: AbortSignal) {
    this.#sources = sources;
    this.#signal = signal;
  }

  clients(sourceId: string): Result<SourceClients> {
    const clients = this.#sources.clients(sourceId);
    if (!clients.ok) return clients;
    const { organizations, sts } = clients.value;
    const options = { signal: this.#signal };
    return {
      ok: true,
      value: {
        ...clients.value,
        sts: { ...sts, getCallerIdentity: () => this.#whoIs(sourceId, () => sts.getCallerIdentity(options)) },
        organizations: {
          ...organizations,
          describeOrganization: () =>
            once(this.#organizations, sourceId, () => organizations.describeOrganization(options)),
        },
      },
    };
  }

  async inAccount(accountId: string, preferredId?: string): Promise<Source | undefined> {
    return await this.#sources.inAccount(accountId, preferredId, (id) =>
      once(this.#identities, id, () => this.#sources.identity(id)),
    );
  }

  /** The way to AWS may be gone: whoever needs this source next asks again. */
  askAgain(sourceId: string): void {
    this.#who.delete(sourceId);
  }

  /** A throttled answer says nothing about the source and is not kept. */
  #whoIs(sourceId: string, ask: () => Who): Who {
    return once(this.#who, sourceId, async () => {
      const answer = await ask();
      if (!answer.ok && answer.error.kind === 'throttled') this.#who.delete(sourceId);
      return answer;
    });
  }
}

function once<V>(known: Map<string, V>, key: string, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
