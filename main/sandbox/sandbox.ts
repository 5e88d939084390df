import { createHash } from 'node:crypto';
import { sandboxTroubleSchema, type SandboxTrouble } from '../../core/domain/practice-trouble';
import type { Clock } from '../platform/clock';
import { authenticate } from './authenticate';
import type { Service } from './call';
import { Faults, refusalOfFault, type Fault } from './faults';
import { answerFederation } from './federation';
import { AwsRefusal, type SandboxRequest, type SandboxResponse } from './http';
import { loadManagedPolicies, PolicyLibrary } from './policy-library';
import { snapshotOf, twoAccounts, type Scenario } from './scenario';
import { settleOrganizations } from './organization';
import { createSecrets } from './secrets';
import { protocolOf, serviceOf } from './services';
import type { IdentityPart, SandboxSnapshot } from './snapshot';
import { userArn } from './arns';
import { SandboxState } from './state';

export type SandboxOptions = {
  readonly clock: Pick<Clock, 'now' | 'offset'>;
  /** At least 32 bytes, kept in the keychain: every secret key and token is derived from it. */
  readonly signingKey: Uint8Array;
  /** State saved before; of `scenario` only the trouble is then looked at. */
  readonly snapshot?: SandboxSnapshot;
  /** What to begin with: two accounts and a management account by default. */
  readonly scenario?: Scenario;
  readonly trouble?: Partial<SandboxTrouble>;
  /** IAM's lists come in pages of so many at most, whatever is asked for, as IAM may do (API reference, MaxItems). */
  readonly largestPage?: number;
  /** How long an ended session is told from one that never was, in milliseconds; a day by default. */
  readonly rememberedAfterExpiry?: number;
};

/** Secret: has a long-term key. */
export type SandboxIdentity = {
  readonly accountId: string;
  readonly accountName: string;
  readonly arn: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

/** A small AWS: STS, IAM, Organizations and S3 over their real protocols, with signatures, policies and expiry enforced. */
export type Sandbox = {
  /** Answers one HTTP request. Never rejects for anything that AWS would answer. */
  handle(request: SandboxRequest): Promise<SandboxResponse>;
  /** Who there is to be. Throws only when the scenario has no such part. */
  identity(part: IdentityPart): SandboxIdentity;
  readonly identities: Readonly<Record<IdentityPart, SandboxIdentity>>;
  /** The whole state, without a secret in it. Cheap enough to save after every change. */
  snapshot(): SandboxSnapshot;
  /** Deletes the user that stands for a part and makes one by the same name, with another ID and key. */
  recreate(part: IdentityPart): void;
  /** Calls back after every request that may have changed something. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** Changes what goes wrong, from the next request on, which is the first that the seed counts. */
  setTrouble(trouble: Partial<SandboxTrouble>): void;
};

export function createSandbox(options: SandboxOptions): Sandbox {
  if (options.signingKey.length < 32) throw new Error('The sandbox needs a signing key of at least 32 bytes.');
  const { clock } = options;
  const secrets = createSecrets(options.signingKey);
  const state = new SandboxState(
    options.snapshot ?? snapshotOf(options.scenario ?? twoAccounts, secrets, clock.now()),
    secrets,
    options.rememberedAfterExpiry,
  );
  const listeners = new Set<() => void>();
  let trouble: SandboxTrouble = {
    ...sandboxTroubleSchema.parse(options.scenario?.trouble ?? {}),
    ...options.trouble,
  };
  let policies: PolicyLibrary | undefined;
  const faults = new Faults();
  let requests = 0;

  // A wrong server clock is wrong against this computer's, not against what was learnt from the server before.
  const serverNow = (): number =>
    trouble.serverClockOffsetMs === 0 ? clock.now() : clock.now() - (clock.offset() ?? 0) + trouble.serverClockOffsetMs;

  const requestIdOf = (now: number): string => {
    requests += 1;
    const hex = createHash('sha256')
      .update(`${String(now)}:${String(requests)}:${secrets.identifier('requests', 8)}`)
      .digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };

  const identity = (part: IdentityPart): SandboxIdentity => {
    const entry = state.identities.find((item) => item.part === part);
    const account = state.accounts.get(entry?.accountId ?? '');
    const user = account?.users.get(entry?.userName.toLowerCase() ?? '');
    if (entry === undefined || account === undefined) throw new Error(`The sandbox has nobody to be the ${part}.`);
    // Who deleted the user or its keys in practice is refused by AWS's rules (InvalidClientTokenId), not by a crash.
    const keyId =
      user?.accessKeys.find((item) => item.status === 'Active')?.id ??
      user?.accessKeys[0]?.id ??
      `AKIA${secrets.identifier(`gone:${part}`, 16)}`;
    return {
      accountId: account.id,
      accountName: account.name,
      arn: userArn(account.id, user ?? { path: '/', name: entry.userName }),
      accessKeyId: keyId,
      secretAccessKey: secrets.secretAccessKey(keyId),
    };
  };

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const run = (
    request: SandboxRequest,
    service: Service,
    requestId: string,
    now: number,
    fault: Fault | undefined,
  ): SandboxResponse => {
    if (fault === 'throttled' || fault === 'server-error') throw refusalOfFault(fault);
    // The one page that is not signed: what it is given is the credentials themselves.
    if (request.path === '/federation' && request.headers['authorization'] === undefined)
      return answerFederation(request, state, secrets, now);
    if (settleOrganizations(state, now)) changed();
    const { caller, request: read, signature } = authenticate(request, state, secrets, now);
    const call = { ...service, request: read, caller, region: signature.region, now };
    const answered = protocolOf(signature.service, request).answer(call, requestId);
    if (answered.changed) changed();
    return answered.response;
  };

  return {
    async handle(request) {
      policies ??= new PolicyLibrary(state, await loadManagedPolicies());
      const now = serverNow();
      const fault = faults.next(trouble);
      if (fault === 'timeout') return { status: 0, headers: {}, body: '', lost: 'all' };
      const requestId = requestIdOf(now);
      let response: SandboxResponse;
      try {
        response = run(
          request,
          { state, policies, secrets, trouble, largestPage: options.largestPage ?? 1000 },
          requestId,
          now,
          fault,
        );
      } catch (error) {
        if (!(error instanceof AwsRefusal)) throw error;
        response = protocolOf(serviceOf(request), request).refusal(error, requestId, request);
      }
      return {
        ...response,
        headers: {
          // A HEAD tells a length of which nothing follows.
          'content-length': String(Buffer.byteLength(response.body)),
          ...(response.headers['x-amz-request-id'] === undefined ? { 'x-amzn-requestid': requestId } : {}),
          ...response.headers,
          date: new Date(now).toUTCString(),
        },
        ...(fault === 'torn' ? { lost: 'rest' as const } : {}),
      };
    },
    identity,
    get identities() {
      return { deployer: identity('deployer'), owner: identity('owner'), management: identity('management') };
    },
    snapshot: () => state.snapshot(),
    recreate(part) {
      const entry = state.identities.find((item) => item.part === part);
      const account = state.accounts.get(entry?.accountId ?? '');
      const user = account?.users.get(entry?.userName.toLowerCase() ?? '');
      if (account === undefined || user === undefined) return;
      state.removeUser(account, user);
      const key = { id: state.newId('AKIA'), status: 'Active' as const, createdAt: serverNow() };
      state.addUser(account, { ...user, id: state.newId('AIDA'), createdAt: serverNow(), accessKeys: [key] });
      changed();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setTrouble(next) {
      trouble = { ...trouble, ...next };
      faults.restart();
    },
  };
}
