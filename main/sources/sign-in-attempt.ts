import { createHash, randomBytes } from 'node:crypto';
import type { AppError } from '../../core/app-error';
import type { SignInOperation } from '../../core/contract/operations';
import type { SignInWay } from '../../core/contract/sources';
import {
  authorizationPage,
  mayBeVerificationPage,
  userCodeSchema,
  type SignIn,
} from '../../core/domain/identity-center';
import { cancelled, err, ok, type Cancelled, type Result } from '../../core/result';
import { portalScope, type IdentityCenterApi, type PortalToken, type RegisteredClient } from '../aws/sso-api';
import type { Clock } from '../platform/clock';
import { appError } from '../workspace-context';
import { listenForRedirect, redirectPath, type BrowserAnswer } from './loopback-redirect';

/** Milliseconds that a browser is waited for; AWS names the limit of a code itself. */
export const browserLimit = 10 * 60_000;
/** Milliseconds by which the pause grows when AWS says so (RFC 8628 §3.5). */
const slowDownBy = 5_000;

export type AttemptPorts = {
  readonly clock: Clock;
  readonly api: IdentityCenterApi;
  readonly openInBrowser: (address: string) => Promise<Result<void>>;
};

export type Attempt = {
  readonly place: Pick<SignIn, 'startUrl' | 'region'>;
  readonly way: SignInWay;
  readonly signal: AbortSignal;
  /** a registration of before that is still good */
  readonly client: RegisteredClient | undefined;
  /** the page that the person may be sent to again, and what they are to see meanwhile */
  readonly onWaiting: (address: string, shown: Pick<SignInOperation, 'waitsUntil' | 'userCode' | 'page'>) => void;
};

export type SignedIn = { readonly client: RegisteredClient; readonly token: PortalToken };
type Outcome<T> = Promise<Result<T, AppError | Cancelled>>;

/** One try to sign a person in, to its end. Writes nothing. */
export async function attemptSignIn(ports: AttemptPorts, attempt: Attempt): Outcome<SignedIn> {
  const client = await register(ports, attempt);
  if (!client.ok) return client;
  const token = await (attempt.way === 'browser' ? byBrowser : byCode)(ports, attempt, client.value);
  return token.ok ? ok({ client: client.value, token: token.value }) : token;
}

async function register({ api }: AttemptPorts, { client, place, signal, way }: Attempt): Outcome<RegisteredClient> {
  if (client !== undefined) return ok(client);
  // without its port: it is another one each time, which is what AWS's own CLI registers as well (RFC 8252 §7.3)
  const kind = way === 'browser' ? { kind: way, redirectUri: `http://127.0.0.1${redirectPath}` } : { kind: way };
  const registered = await api.registerClient(place, kind, { signal });
  return registered.ok ? ok(registered.value.value) : registered;
}

/** Authorization code with PKCE: what the browser brings is worth nothing without the verifier, which stays here. */
async function byBrowser(ports: AttemptPorts, attempt: Attempt, client: RegisteredClient): Outcome<PortalToken> {
  const { api, clock, openInBrowser } = ports;
  const { onWaiting, place, signal } = attempt;
  const page = authorizationPage(place.region);
  if (page === undefined)
    return err(
      appError('not-possible', 'Sallyport knows no IAM Identity Center in this Region.', {
        whatToDo: 'Choose the Region that your administrator has set it up in.',
      }),
    );
  const [state, codeVerifier] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  const listener = await listenForRedirect(state).catch(() => undefined);
  if (listener === undefined) return err(noPort);
  const { redirectUri } = listener;
  try {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: client.id,
      redirect_uri: redirectUri,
      state,
      code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      // in the plural, unlike the standard: so AWS's own CLI asks
      scopes: portalScope,
    });
    const address = `${page}?${query.toString()}`;
    const opened = await openInBrowser(address);
    if (!opened.ok) return err({ ...opened.error, whatToDo: 'Sign in with a code: any browser will do.' });
    onWaiting(address, { waitsUntil: clock.now() + browserLimit });
    const answer = await within(clock, signal, listener.answer);
    if (signal.aborted) return err(cancelled);
    if (answer === undefined) return err(nobodyCame);
    if (answer.kind === 'refused') return err(refusedInBrowser(answer.error));
    const grant = { kind: 'code', code: answer.code, codeVerifier, redirectUri } as const;
    const token = await api.createToken(place, client, grant, { signal });
    if (!token.ok) return token;
    return token.value.kind === 'token' ? ok(token.value.token) : err(nobodyCame);
  } finally {
    await listener.close();
  }
}

async function within(
  clock: Clock,
  signal: AbortSignal,
  answer: Promise<BrowserAnswer>,
): Promise<BrowserAnswer | undefined> {
  const answered = new AbortController();
  const over = clock.wait(browserLimit, AbortSignal.any([signal, answered.signal])).then(() => undefined);
  const first = await Promise.race([answer, over]);
  answered.abort();
  return first;
}

/** A code that is entered in whatever browser; AWS is asked at its own pace until the person has answered. */
async function byCode(ports: AttemptPorts, attempt: Attempt, client: RegisteredClient): Outcome<PortalToken> {
  const { api, clock } = ports;
  const { onWaiting, place, signal } = attempt;
  const started = await api.startDeviceAuthorization(place, client, { signal });
  if (!started.ok) return started;
  const { deviceCode, expiresAt, userCode, verificationUri, verificationUriComplete } = started.value.value;
  // SECURITY(S-14): what AWS sent to be shown and opened is hostile until it was looked at
  const isOurs = [verificationUri, verificationUriComplete].every((page) =>
    mayBeVerificationPage(page, place.startUrl, place.region),
  );
  if (!isOurs || !userCodeSchema.safeParse(userCode).success) return err(strangePage);
  onWaiting(verificationUriComplete, { waitsUntil: expiresAt, userCode, page: verificationUri });
  let pause = started.value.value.interval;
  for (;;) {
    await clock.wait(pause, signal);
    if (signal.aborted) return err(cancelled);
    if (clock.now() >= expiresAt) return err(codeExpired);
    const answer = await api.createToken(place, client, { kind: 'device', deviceCode }, { signal });
    if (answer.ok && answer.value.kind === 'token') return ok(answer.value.token);
    if (answer.ok ? answer.value.kind === 'slow-down' : isPassing(answer.error)) pause += slowDownBy;
    else if (!answer.ok) return answer;
  }
}

/** The network, or AWS in trouble: the code is still good, and the person may be typing it. */
function isPassing({ kind, ...error }: AppError | Cancelled): boolean {
  if (kind === 'unreachable' || kind === 'timed-out' || kind === 'throttled') return true;
  return kind === 'aws-other' && 'httpStatus' in error && (error.httpStatus ?? 0) >= 500;
}

const nobodySignedIn = {
  whatDidNotChange: 'Nobody was signed in.',
  retryable: true,
  remedies: [{ kind: 'retry' as const }],
};

const nobodyCame = appError('timed-out', 'The browser did not come back with an answer in time.', {
  ...nobodySignedIn,
  whatToDo: 'Begin again. If the browser is on another computer, sign in with a code.',
});

const codeExpired = appError('credentials-expired', 'The code was not entered in time.', {
  ...nobodySignedIn,
  whatToDo: 'Begin again: there will be a new code.',
});

const noPort = appError('not-possible', 'This computer has no free port for the browser’s answer.', {
  ...nobodySignedIn,
  whatToDo: 'Sign in with a code, which needs none.',
});

const strangePage = appError('not-possible', 'The sign-in page that came back is not one of IAM Identity Center’s.', {
  ...nobodySignedIn,
  whatDidNotChange: 'It was not opened, and nobody was signed in.',
  whatToDo: 'Check the start URL, the network and the proxy: something in between may have changed the answer.',
});

function refusedInBrowser(error: string): AppError {
  const isPerson = error === 'access_denied';
  return appError(
    isPerson ? 'access-denied' : 'aws-other',
    isPerson ? 'The sign-in was refused in the browser.' : 'IAM Identity Center did not sign you in.',
    {
      ...nobodySignedIn,
      whatToDo: isPerson ? 'Begin again, and allow it there.' : 'Begin again, or sign in with a code.',
      code: error,
    },
  );
}
