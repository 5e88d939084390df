import type { Standing } from '../core/contract/settings';
import type { Operation } from '../core/contract/operations';
import { isLeaving } from '../core/domain/departure';
import { isUnderWay } from '../core/domain/sub-account';
import type { Workspace } from './workspace';

/** Of a workspace what is looked at before everything is forgotten. */
export type Standpoint = Pick<
  Workspace,
  | 'kind'
  | 'connections'
  | 'departures'
  | 'guardRails'
  | 'handoff'
  | 'identities'
  | 'onboarding'
  | 'operations'
  | 'revocations'
  | 'sessions'
  | 'subAccounts'
>;

const most = 5000;

/** What goes on, of all of them, and would not be seen from here any more. */
export function standing(workspaces: readonly Standpoint[]): Standing {
  return {
    workspaces: workspaces.map((workspace) => {
      const { connections, departures, handoff, kind, revocations, sessions, subAccounts } = workspace;
      return {
        workspace: kind,
        atWork: [...atWork(workspace)],
        sessions: sessions.live().map(({ connectionName, id }) => ({ id, name: connectionName })),
        revocations: revocations
          .list()
          .filter(({ state }) => state !== 'ended' && state !== 'undone')
          .slice(0, most)
          .map(({ connectionName, id }) => ({ id, name: connectionName })),
        accounts: [
          ...subAccounts
            .list()
            .filter(isUnderWay)
            .map(({ id, wish }) => ({ id, name: wish.name })),
          ...departures
            .list()
            .filter(isLeaving)
            .map(({ id, name }) => ({ id, name })),
        ].slice(0, most),
        connections: connections.count(),
        profiles: handoff.profiles.look().map(({ file, isChanged, name }) => ({ file, isChanged, name })),
      };
    }),
  };
}

/**
 * What changes an account at this moment, in words that end a sentence. Without its record nobody could finish it, or take
 * it back. What only reads is stopped without a question.
 */
export function atWork(workspace: Standpoint): readonly string[] {
  const { connections, guardRails, identities, onboarding, operations, revocations } = workspace;
  const nameOf = (connectionId: string) => connections.find(connectionId)?.name ?? 'a connection';
  const drafts = onboarding.drafts();
  const accountOf = (draftId: string) =>
    drafts.find(({ id }) => id === draftId)?.state.answers.account?.name ?? 'an account';
  const inWords = (operation: Operation): string | undefined => {
    switch (operation.kind) {
      case 'creation':
        // an undo of what a connection has is of the connection
        return operation.undo
          ? `what was made in ${connections.find(operation.subjectId)?.name ?? accountOf(operation.subjectId)} is undone`
          : `the role in ${accountOf(operation.subjectId)} is made`;
      case 'by-itself':
        return `the role in ${accountOf(operation.draftId)} is made`;
      case 'put-back':
        return `the role of ${nameOf(operation.subjectId.replace(/^put-back /, ''))} is put back`;
      case 'test':
      case 'health':
      case 'drift':
      case 'sign-in':
        return undefined;
    }
  };
  const all = [
    ...operations.list().map(inWords),
    ...revocations.list().map((one) => {
      if (one.state === 'running') return `${one.connectionName} is taken back`;
      return revocations.isChanging(one) ? `the role of ${one.connectionName} is put back, or cleaned up` : undefined;
    }),
    ...identities
      .list()
      .filter((act) => (act.kind === 'rotation' ? act.busy : act.state === 'running' || act.state === 'undoing'))
      .map((act) =>
        act.kind === 'rotation' ? `${act.userName} is given a new key` : `${act.name} is removed, or put back`,
      ),
    ...guardRails
      .list()
      .map(({ state }) =>
        state === 'attaching' || state === 'detaching' ? 'a guard rail is attached or taken off' : undefined,
      ),
  ];
  return [...new Set(all.filter((words) => words !== undefined).map((words) => words.slice(0, 200)))].slice(0, 50);
}
