import type { AppError } from '../../core/app-error';
import type { RefusedAction } from '../../core/domain/diagnosis/evidence';
import type { Recipe } from '../../core/recipes/recipe';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type {
  Answer,
  AwsResult,
  CallOptions,
  IamApi,
  OrganizationsApi,
  S3Api,
  SimulatedDecision,
} from '../aws/aws-api';
import { appError } from '../workspace-context';

/** Who can be asked what a role may do. */
export type PermissionEyes = {
  readonly roleArn: string;
  /** IAM with credentials of the target account */
  readonly inTarget: () => Promise<IamApi | undefined>;
  /** with a session of the role itself */
  readonly asTheRole: {
    readonly iam: IamApi;
    readonly s3: S3Api;
    readonly organizations: OrganizationsApi;
  };
};

/** What is known of one action. `refused` by a probe carries AWS's own answer, by the simulator its reason. */
type Verdict =
  { readonly kind: 'allowed' | 'unknown' } | { readonly kind: 'refused'; readonly why: SimulatedDecision | AppError };

const unknown: Verdict = { kind: 'unknown' };

/** What was found of a recipe's promises: for the row, and whether it passes. */
export type PermissionsFound = {
  readonly state: 'passed' | 'warned' | 'inconclusive';
  readonly detail: string;
};

/** Something that was agreed is refused. `refusals`: what the simulator says of it; empty where a probe was refused. */
export type PermissionsRefused = { readonly error: AppError; readonly refusals: readonly RefusedAction[] };

/** Actions that can be tried without harm: reads that name nothing and whose answer is dropped. */
function probesOf(
  { iam, organizations, s3 }: PermissionEyes['asTheRole'],
  options: CallOptions,
): Readonly<Record<string, () => AwsResult<unknown>>> {
  return {
    'iam:ListAccountAliases': () => iam.listAccountAliases(options),
    'iam:ListRoles': () => iam.listRoles(options),
    'organizations:DescribeOrganization': () => organizations.describeOrganization(options),
    's3:ListAllMyBuckets': () => s3.listBuckets(options),
  };
}

/**
 * A condition on something that the simulator was not told may be met in a real call: then what was promised may be there
 * all the same. What must not be allowed is refused as far as it goes: it is not allowed without conditions.
 */
function isConditional({ boundaryAllows, decision, missesContext, organizationAllows }: SimulatedDecision): boolean {
  return (
    decision === 'implicitDeny' && missesContext === true && boundaryAllows !== false && organizationAllows !== false
  );
}

type Simulated = ReadonlyMap<string, SimulatedDecision>;

async function simulate(iam: IamApi, roleArn: string, actions: readonly string[], options: CallOptions) {
  const answer = await iam.simulateActions(roleArn, actions, options);
  return answer.ok ? ok(new Map(answer.value.value.map((one) => [one.action, one]))) : answer;
}

/** With credentials of the target account, else as the role itself, which may be allowed to ask. */
async function simulateSomehow(
  eyes: PermissionEyes,
  actions: readonly string[],
  options: CallOptions,
): Promise<Result<Simulated, Cancelled>> {
  const inTarget = await eyes.inTarget();
  for (const iam of [inTarget, eyes.asTheRole.iam]) {
    if (iam === undefined) continue;
    const answer = await simulate(iam, eyes.roleArn, actions, options);
    if (answer.ok) return answer;
    if (answer.error.kind === 'cancelled') return err(answer.error);
  }
  return ok(new Map());
}

async function tryIt(probe: (() => AwsResult<unknown>) | undefined): Promise<Result<Verdict, Cancelled>> {
  if (probe === undefined) return ok(unknown);
  const answer: Result<Answer<unknown>, AppError | Cancelled> = await probe();
  if (answer.ok) return ok({ kind: 'allowed' });
  if (answer.error.kind === 'cancelled') return err(answer.error);
  // Only a refusal says something of the role; everything else does of the way there.
  return ok(answer.error.kind === 'access-denied' ? { kind: 'refused', why: answer.error } : unknown);
}

async function verdictsOf(
  eyes: PermissionEyes,
  { mustAllow, mustNotAllow }: Recipe['checks'],
  options: CallOptions,
): Promise<Result<ReadonlyMap<string, Verdict>, Cancelled>> {
  const actions = [...new Set([...mustAllow, ...mustNotAllow])];
  const simulated = await simulateSomehow(eyes, actions, options);
  if (!simulated.ok) return simulated;
  const probes = probesOf(eyes.asTheRole, options);
  const judged = await Promise.all(
    actions.map(async (action): Promise<Result<readonly [string, Verdict], Cancelled>> => {
      const said = simulated.value.get(action);
      if (said?.decision === 'allowed') return ok([action, { kind: 'allowed' }]);
      const mayYetBe = said === undefined || (mustAllow.includes(action) && isConditional(said));
      if (!mayYetBe) return ok([action, { kind: 'refused', why: said }]);
      const tried = await tryIt(probes[action]);
      return tried.ok ? ok([action, tried.value]) : tried;
    }),
  );
  const verdicts = new Map<string, Verdict>();
  for (const one of judged) {
    if (!one.ok) return one;
    verdicts.set(...one.value);
  }
  return ok(verdicts);
}

function reasonOf({ boundaryAllows, decision, organizationAllows }: SimulatedDecision): string {
  if (organizationAllows === false) return 'a policy of the organization forbids it';
  if (boundaryAllows === false) return 'its permissions boundary does not allow it';
  return decision === 'explicitDeny' ? 'one of its policies denies it' : 'none of its policies allows it';
}

function refusedError(refusals: readonly RefusedAction[]): AppError {
  const told = refusals.map((one) => `${one.action} (${reasonOf(one)})`);
  return appError('access-denied', `The role may not do what was agreed: ${told.join(', ')}.`.slice(0, 1000), {
    whatToDo: 'Compare its policies with what was agreed, change them, then test again.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}

/** “4 of 4 allowed, 2 of 2 refused; 1 not known” */
function countedWords(mustAllow: readonly Verdict[], mustNotAllow: readonly Verdict[]): string {
  const count = (verdicts: readonly Verdict[], kind: Verdict['kind']) =>
    verdicts.filter((verdict) => verdict.kind === kind).length;
  const parts = [
    ...(mustAllow.length > 0 ? [`${count(mustAllow, 'allowed')} of ${mustAllow.length} allowed`] : []),
    ...(mustNotAllow.length > 0 ? [`${count(mustNotAllow, 'refused')} of ${mustNotAllow.length} refused`] : []),
  ];
  const unknowns = count([...mustAllow, ...mustNotAllow], 'unknown');
  return `${parts.join(', ')}${unknowns > 0 ? `; ${unknowns} not known` : ''}`;
}

/**
 * Holds a role against what its recipe promises. Nothing is changed: the simulator is asked, where somebody may, and
 * what it does not tell is tried with harmless reads. What is allowed and should not be is a warning, not a failure.
 */
export async function checkPermissions(
  checks: Recipe['checks'],
  eyes: PermissionEyes,
  options: CallOptions,
): Promise<Result<PermissionsFound, PermissionsRefused | Cancelled>> {
  const { mustAllow, mustNotAllow } = checks;
  const judged = await verdictsOf(eyes, checks, options);
  if (!judged.ok) return judged;
  const of = (action: string): Verdict => judged.value.get(action) ?? unknown;
  const refused = mustAllow.flatMap((action) => {
    const verdict = of(action);
    return verdict.kind === 'refused' ? [{ action, why: verdict.why }] : [];
  });
  const refusals = refused.flatMap(({ action, why }) => ('decision' in why ? [{ ...why, action }] : []));
  const tried = refused.flatMap(({ why }) => ('decision' in why ? [] : [why]))[0];
  if (refusals.length > 0) return err({ error: refusedError(refusals), refusals });
  if (tried !== undefined) return err({ error: tried, refusals: [] });
  const tooMuch = mustNotAllow.filter((action) => of(action).kind === 'allowed');
  if (tooMuch.length > 0) {
    return ok({ state: 'warned', detail: `may also do ${tooMuch.join(', ')}, which was not agreed`.slice(0, 300) });
  }
  const isKnown = [...mustAllow, ...mustNotAllow].some((action) => of(action).kind !== 'unknown');
  return ok({
    state: isKnown ? 'passed' : 'inconclusive',
    detail: isKnown
      ? countedWords(mustAllow.map(of), mustNotAllow.map(of))
      : 'nobody here may ask what the role can do, and nothing of it can be tried without harm',
  });
}
