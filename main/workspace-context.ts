import type { EventName, EventPayload, Topic } from '../core/contract/contract';
import type { AppError } from '../core/app-error';
import type { Act } from '../core/domain/activity-words';
import type { Result } from '../core/result';
import type { Aws, AwsEnvironment } from './aws/aws-api';
import type { Clock } from './platform/clock';

/** A document on disk: read whole, changed whole, checked against its schema. Unreadable files are set aside before. */
export interface StoredDocument<T> {
  read(): T;
  update(change: (current: T) => T): Result<unknown>;
}

/** Tells the window what is out of date. */
export interface Publisher {
  changed(...topics: Topic[]): void;
  send<E extends EventName>(event: E, payload: Omit<EventPayload<E>, 'revision'>): void;
  readonly revision: number;
}

/** The same, with somebody who hears what is out of date. */
export function heard(publisher: Publisher, hear: (topics: readonly Topic[]) => void): Publisher {
  return {
    get revision() {
      return publisher.revision;
    },
    send: (event, payload) => publisher.send(event, payload),
    changed: (...topics) => {
      publisher.changed(...topics);
      hear(topics);
    },
  };
}

/** One line of the audit log: who did what to what, never a secret. `at` is the log's own: when it was written. */
export type AuditEntry = {
  readonly act: Act;
  readonly subject: string;
  readonly at?: never;
  readonly [detail: string]: string | number;
};

/** What the services of one workspace (practice or AWS) work with. */
export type WorkspaceContext = {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly aws: Aws;
  readonly environment: (region: string) => AwsEnvironment;
  readonly publisher: Publisher;
  /** all of them or none, flushed to disk before it returns */
  readonly audit: (...entries: readonly AuditEntry[]) => Result<unknown>;
};

/** An error that this app makes itself; AWS's and the system's are mapped where they arrive. */
export function appError(
  kind: AppError['kind'],
  message: string,
  rest: Partial<Omit<AppError, 'kind' | 'message'>> = {},
): AppError {
  return {
    kind,
    message,
    whatDidNotChange: 'Nothing was changed.',
    whatToDo: '',
    retryable: false,
    remedies: [],
    ...rest,
  };
}

export function notFound(what: string): AppError {
  return appError('not-found', `${what} is not in the records of this app.`, {
    whatToDo: 'It may have been removed in the meantime. Go back to the list.',
  });
}
