import type { Topic } from '../core/contract/contract';
import type { Operation } from '../core/contract/operations';
import type { Workspace as WorkspaceKind } from '../core/domain/limits';
import type { Revocation } from '../core/domain/revocation';
import type { Notice } from './sessions/session-notices';

export type TellingsPorts = {
  readonly notify: (notice: Notice) => void;
  readonly workspaces: () => readonly {
    readonly kind: WorkspaceKind;
    readonly revocations: { list(): readonly Pick<Revocation, 'id' | 'connectionName' | 'state'>[] };
  }[];
};

/** What the operating system is asked to tell of work that goes on by itself, seen by what the window is told. */
export class Tellings {
  readonly #ports: TellingsPorts;
  /** revocations by their state when they were looked at last, of each workspace */
  readonly #states = new Map<WorkspaceKind, ReadonlyMap<string, Revocation['state']>>();

  constructor(ports: TellingsPorts) {
    this.#ports = ports;
  }

  /** A round that nobody asked for is over: what worked before and does not now is told. */
  operation(operation: Operation): void {
    if (operation.kind !== 'health' || operation.state !== 'done' || operation.by !== 'schedule') return;
    const { turned, turnedNames } = operation;
    const [first] = turnedNames;
    if (first === undefined) return;
    this.#ports.notify({
      about: 'test',
      title: turned === 1 ? `${first} does not work any more` : `${String(turned)} connections do not work any more`,
      body: turned === 1 ? 'Its test failed. Open it to see why.' : listed(turnedNames, turned),
    });
  }

  /** Access is closed for good once the last credential is dead: that may be hours after a person asked for it. */
  changed(topics: readonly Topic[]): void {
    if (!topics.includes('revocations')) return;
    for (const { kind, revocations } of this.#ports.workspaces()) {
      const before = this.#states.get(kind);
      const now = revocations.list();
      this.#states.set(kind, new Map(now.map(({ id, state }) => [id, state])));
      // what was over before anybody looked is no news
      const ended =
        before === undefined ? [] : now.filter(({ id, state }) => state === 'ended' && isOpen(before.get(id)));
      const [first] = ended;
      if (first === undefined) continue;
      const names = ended.map(({ connectionName }) => connectionName);
      this.#ports.notify({
        about: 'revocation',
        title: ended.length === 1 ? `${first.connectionName} is revoked` : `${String(ended.length)} are revoked`,
        body:
          ended.length === 1
            ? 'The last credential that could be used is dead. Its record says what was proved.'
            : listed(names, ended.length),
      });
    }
  }
}

function isOpen(state: Revocation['state'] | undefined): boolean {
  return state !== undefined && state !== 'ended' && state !== 'undone';
}

const mostNamed = 3;

function listed(names: readonly string[], count: number): string {
  const shown = names.slice(0, mostNamed);
  return count > shown.length ? `${shown.join(', ')} and ${String(count - shown.length)} more` : shown.join(', ');
}
