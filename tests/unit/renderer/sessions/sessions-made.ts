import type { AppErrorKind } from '../../../../core/app-error';
import { sessionSchema, type Session } from '../../../../core/domain/session';
import { plainRequest } from '../../../../core/domain/session-request';

export const minute = 60_000;
/** An hour that begins at noon. */
export const noon = Date.UTC(2026, 10, 22, 12);

let made = 0;

/** A plain session of an hour from noon, but for what is changed. */
export function sessionWith(change: Partial<Session> = {}): Session {
  made += 1;
  return sessionSchema.parse({
    id: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    connectionId: '00000000-0000-4000-8000-999999999999',
    connectionName: 'Tidewater Production',
    accountId: '222233334444',
    roleName: 'DeployAccess',
    assumedRoleArn: 'arn:aws:sts::222233334444:assumed-role/DeployAccess/me',
    accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
    sessionName: 'me',
    issuedAt: noon,
    openedAt: noon,
    expiresAt: noon + 60 * minute,
    request: plainRequest(3600),
    renewal: 'off',
    credentials: 'keychain',
    uses: [],
    isChained: false,
    ...change,
  });
}

/** That its renewal failed five minutes before its end; without `nextTryAt` it waits for a person. */
export function troubleOf(kind: AppErrorKind, nextTryAt?: number): NonNullable<Session['trouble']> {
  return {
    at: noon + 55 * minute,
    failures: 1,
    error: {
      kind,
      message: 'It did not go well.',
      whatDidNotChange: '',
      whatToDo: '',
      retryable: true,
      remedies: [],
    },
    ...(nextTryAt === undefined ? {} : { nextTryAt }),
  };
}
