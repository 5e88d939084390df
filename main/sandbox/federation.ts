import { z } from '../../core/zod';
import type { SandboxRequest, SandboxResponse } from './http';
import { formValues } from './protocols/query-protocol';
import type { SandboxSecrets } from './secrets';
import type { SandboxState } from './state';

/**
 * The sign-in federation endpoint (`https://signin.aws.amazon.com/federation`, aws-reference §8): credentials of a
 * session become a sign-in token, and that token a page. Both by POST or GET, as AWS takes them.
 */
/** Milliseconds: how long a sign-in token can be used. */
const tokenLife = 15 * 60_000;

const sessionSchema = z.object({ sessionId: z.string(), sessionKey: z.string(), sessionToken: z.string() });

const answer = (status: number, contentType: string, body: string): SandboxResponse => ({
  status,
  headers: { 'content-type': contentType },
  body,
});
const plain = (status: number, body: string): SandboxResponse => answer(status, 'text/plain', body);

export function answerFederation(
  request: SandboxRequest,
  state: SandboxState,
  secrets: SandboxSecrets,
  now: number,
): SandboxResponse {
  const parameters = formValues(request);
  switch (parameters.get('Action')) {
    case 'getSigninToken':
      return signinToken(parameters, state, secrets, now);
    case 'login':
      return login(parameters, state, secrets, now);
    default:
      return plain(400, `The practice sandbox does not offer this sign-in action (${request.method} ${request.path}).`);
  }
}

function signinToken(
  parameters: ReadonlyMap<string, string>,
  state: SandboxState,
  secrets: SandboxSecrets,
  now: number,
): SandboxResponse {
  const invalid = plain(400, 'Invalid credentials parameter');
  let given: unknown;
  try {
    given = JSON.parse(parameters.get('Session') ?? '');
  } catch {
    return invalid;
  }
  const parsed = sessionSchema.safeParse(given);
  if (!parsed.success) return invalid;
  const { sessionId, sessionKey, sessionToken } = parsed.data;
  const session = state.sessions.get(sessionId);
  if (
    session === undefined ||
    session.expiresAt <= now ||
    state.accounts.get(session.accountId)?.closedAt !== undefined ||
    sessionKey !== secrets.secretAccessKey(sessionId) ||
    sessionToken !== secrets.sessionToken(sessionId, session.tokenSize)
  ) {
    return invalid;
  }
  const duration = parameters.get('SessionDuration');
  // Refused for chained credentials, which is why callers leave it out then.
  if (
    duration !== undefined &&
    (session.chained || !/^[0-9]{3,5}$/.test(duration) || Number(duration) < 900 || Number(duration) > 43_200)
  ) {
    return invalid;
  }
  const payload = `${sessionId}.${String(now + tokenLife)}`;
  const token = Buffer.from(`${payload}.${secrets.sign(payload)}`).toString('base64url');
  return answer(200, 'application/json', JSON.stringify({ SigninToken: token }));
}

function login(
  parameters: ReadonlyMap<string, string>,
  state: SandboxState,
  secrets: SandboxSecrets,
  now: number,
): SandboxResponse {
  const [sessionId = '', until = '', signature = ''] = Buffer.from(parameters.get('SigninToken') ?? '', 'base64url')
    .toString('utf8')
    .split('.');
  const session = state.sessions.get(sessionId);
  if (session === undefined || signature !== secrets.sign(`${sessionId}.${until}`) || Number(until) < now) {
    return plain(400, 'The sign-in token is not valid or has expired.');
  }
  const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return answer(
    200,
    'text/html; charset=utf-8',
    `<!doctype html><html lang="en"><title>Practice console</title><h1>Practice console</h1><p>Signed in as ${escape(session.roleName)}/${escape(session.sessionName)} in account ${session.accountId}.</p></html>\n`,
  );
}
