import { z } from '../../core/zod';
import { departureSchema, mostDepartures, type Departure, type DepartureEvent } from '../../core/domain/departure';
import { clip } from '../../core/clip';
import type { Result } from '../../core/result';
import type { DocumentSpec } from '../store/document';
import type { StoredDocument, WorkspaceContext } from '../workspace-context';

const departuresDocumentSchema = z.strictObject({ departures: z.array(departureSchema).max(mostDepartures) });
export type DeparturesDocument = z.infer<typeof departuresDocumentSchema>;

export const departuresDocument: DocumentSpec<DeparturesDocument> = {
  name: 'departures',
  schema: departuresDocumentSchema,
  version: 1,
  migrations: [],
  empty: { departures: [] },
};

export type DepartureRecordsPorts = Pick<WorkspaceContext, 'publisher'> & {
  readonly document: StoredDocument<DeparturesDocument>;
};

const mostEvents = 200;

/** The records of the accounts that leave, and the one place where they change. */
export class DepartureRecords {
  readonly #ports: DepartureRecordsPorts;

  constructor(ports: DepartureRecordsPorts) {
    this.#ports = ports;
  }

  all(): readonly Departure[] {
    return this.#ports.document.read().departures;
  }

  find(departureId: string): Departure | undefined {
    return this.all().find(({ id }) => id === departureId);
  }

  add(departure: Departure): Result<unknown> {
    return this.#update((all) => [...all, departure]);
  }

  patch(departureId: string, change: (one: Departure) => Departure): Result<unknown> {
    return this.#update((all) => all.map((one) => (one.id === departureId ? change(one) : one)));
  }

  remove(departureId: string): Result<unknown> {
    return this.#update((all) => all.filter(({ id }) => id !== departureId));
  }

  #update(change: (all: readonly Departure[]) => Departure[]): Result<unknown> {
    const saved = this.#ports.document.update(({ departures }) => ({ departures: change(departures) }));
    this.#ports.publisher.changed('departures');
    return saved;
  }
}

export type Evidence = {
  readonly at: number;
  readonly requestId?: string | undefined;
  readonly said?: string | undefined;
};

/** With one more event; what AWS repeats is one event with its number. */
export function withEvent(
  events: readonly DepartureEvent[],
  what: DepartureEvent['what'],
  { at, requestId, said }: Evidence,
): DepartureEvent[] {
  const words = said === undefined ? undefined : clip(said, 200);
  const last = events.at(-1);
  const id = requestId === undefined || requestId === '' ? {} : { requestId };
  if (last !== undefined && last.what === what && what === 'looked' && last.said === words) {
    return [...events.slice(0, -1), { ...last, ...id, lastAt: at, times: last.times + 1 }];
  }
  const event = { what, at, times: 1, ...(words === undefined ? {} : { said: words }), ...id };
  return [...events, event].slice(-mostEvents);
}
