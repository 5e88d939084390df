import { randomUUID } from 'node:crypto';
import type { ProofEntry, Revocation, RevocationStep } from '../../../../core/domain/revocation';

export const noon = Date.UTC(2026, 10, 22, 12);
export const second = 1000;

/** A revocation as it stands right after it was begun, unless something is said of it. */
export function revocationWith(change: Partial<Revocation> = {}): Revocation {
  return {
    id: randomUUID(),
    connectionId: randomUUID(),
    connectionName: 'Tidewater Production',
    roleArn: 'arn:aws:iam::444455556666:role/SallyportCodeDeploy',
    roleName: 'SallyportCodeDeploy',
    accountId: '444455556666',
    way: 'step-by-step',
    doneBy: 'tidewater-prod-admin',
    performer: { kind: 'source', sourceId: 'admin' },
    startedAt: noon,
    state: 'running',
    taken: [],
    maxSessionDuration: 3600,
    ownSessions: [],
    steps: [],
    proof: [],
    proofState: 'running',
    unobserved: [],
    wiped: [],
    ...change,
  };
}

export function stepAt(at: number, call: string, state: RevocationStep['state'] = 'done'): RevocationStep {
  return { title: call, call, state, at, requestId: `request-${call}` };
}

export function refusalAt(at: number): ProofEntry {
  return {
    at,
    call: 'sts:AssumeRole',
    as: 'deployer',
    asLabel: 'deployer',
    answer: 'refused',
    code: 'AccessDenied',
    requestId: `refusal-${String(at)}`,
  };
}
