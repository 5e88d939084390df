import { isAccountId } from './account-id';
import { compileCondition, type CompiledCondition } from './policy-conditions';
import type { PolicyDocument, PolicyPrincipals, PolicyStatement } from './policy-document';
import {
  compileArnPattern,
  compilePattern,
  hasVariables,
  matchesPattern,
  matchesResourcePattern,
  substituteVariables,
  type ArnPattern,
  type Pattern,
  type RequestContext,
} from './policy-match';

/** Who asks. */
export type PolicyCaller = {
  readonly kind: 'user' | 'role-session' | 'root' | 'service';
  readonly accountId: string;
  /** A user's or root's ARN, or the session's (`…:assumed-role/…`); a service's host name. */
  readonly arn: string;
  /** Of a session: its role's ARN. */
  readonly roleArn?: string;
  /** `AIDA…` of a user, `AROA…` of a session's role: what stored principals are compared with. */
  readonly uniqueId?: string;
};

export type StatementRequest = {
  readonly action: string;
  readonly actionLowerCase: string;
  readonly service: string;
  readonly resource: string;
  readonly caller: PolicyCaller;
  /** The caller's user or role has a permissions boundary. */
  readonly bounded: boolean;
  readonly context: RequestContext;
};

export type CompiledStatement = {
  readonly index: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  matches(request: StatementRequest): boolean;
  /** To whom a matching statement of a resource's policy speaks: the caller, its role, or its whole account. */
  grantee(caller: PolicyCaller): 'caller' | 'role' | 'account';
};

/** Prepares all statements; done once for each document, for that matching is then only comparing. */
export function compileStatements(document: PolicyDocument): readonly CompiledStatement[] {
  return document.statements.map((statement) => compileStatement(statement, document.version));
}

function compileStatement(statement: PolicyStatement, version: PolicyDocument['version']): CompiledStatement {
  const matchesAction = compileActions(statement.actions);
  const matchesResource = compileResources(statement.resources, version);
  const conditions: readonly CompiledCondition[] = statement.conditions.map((condition) =>
    compileCondition(condition, version),
  );
  const { principals } = statement;
  const speaksTo = ({ bounded, caller }: StatementRequest): boolean => {
    if (principals === undefined) return true;
    // NotPrincipal in a denial meets whoever has a permissions boundary, named or not (IAM User Guide, "NotPrincipal").
    if (principals.negated && bounded && statement.effect === 'Deny') return true;
    return matchesPrincipals(principals.values, caller) !== principals.negated;
  };
  return {
    index: statement.index,
    ...(statement.sid === undefined ? {} : { sid: statement.sid }),
    effect: statement.effect,
    matches: (request) =>
      matchesAction(request) &&
      speaksTo(request) &&
      matchesResource(request) &&
      conditions.every((condition) => condition(request.context)),
    grantee: (caller) => granteeOf(principals, caller),
  };
}

/** Actions are compared without regard to case. Patterns are kept by service: ReadOnlyAccess has well over a thousand. */
export function compileActions(
  actions: PolicyStatement['actions'],
): (request: Pick<StatementRequest, 'actionLowerCase' | 'service'>) => boolean {
  let all = false;
  const exact = new Set<string>();
  const byService = new Map<string, Pattern[]>();
  const anyService: Pattern[] = [];
  for (const value of actions.values.map((action) => action.toLowerCase())) {
    const [service = ''] = value.split(':');
    if (value === '*' || value === '*:*') all = true;
    else if (!/[*?]/.test(value)) exact.add(value);
    else if (/[*?]/.test(service)) anyService.push(compilePattern(value));
    else {
      const list = byService.get(service) ?? [];
      list.push(compilePattern(value));
      byService.set(service, list);
    }
  }
  const { negated } = actions;
  return ({ actionLowerCase, service }) => {
    const fits = (pattern: Pattern): boolean => matchesPattern(pattern, actionLowerCase);
    const found =
      all || exact.has(actionLowerCase) || (byService.get(service)?.some(fits) ?? false) || anyService.some(fits);
    return found !== negated;
  };
}

function compileResources(
  resources: PolicyStatement['resources'],
  version: PolicyDocument['version'],
): (request: StatementRequest) => boolean {
  if (resources === undefined) return () => true;
  let all = false;
  const fixed: ArnPattern[] = [];
  const variable: string[] = [];
  for (const value of resources.values) {
    if (value === '*') all = true;
    else if (version === '2012-10-17' && hasVariables(value)) variable.push(value);
    else fixed.push(compileArnPattern(value));
  }
  const { negated } = resources;
  return ({ resource, context }) => {
    const found =
      all ||
      fixed.some((pattern) => matchesResourcePattern(pattern, resource)) ||
      variable.some((value) => {
        const resolved = substituteVariables(value, context);
        return resolved !== undefined && matchesResourcePattern(compileArnPattern(resolved), resource);
      });
    return found !== negated;
  };
}

function accountOf(principal: string): string | undefined {
  if (isAccountId(principal)) return principal;
  return /^arn:[^:]+:iam::([0-9]{12}):root$/.exec(principal)?.[1];
}

function isCallerItself(principal: string, caller: PolicyCaller): boolean {
  return principal === caller.arn || (caller.kind === 'user' && principal === caller.uniqueId);
}

function isCallersRole(principal: string, caller: PolicyCaller): boolean {
  return caller.kind === 'role-session' && (principal === caller.roleArn || principal === caller.uniqueId);
}

function matchesPrincipals(principals: PolicyPrincipals, caller: PolicyCaller): boolean {
  if (caller.kind === 'service') return principals.everyone || principals.service.includes(caller.arn);
  return (
    principals.everyone ||
    principals.aws.some(
      (principal) =>
        isCallerItself(principal, caller) ||
        isCallersRole(principal, caller) ||
        accountOf(principal) === caller.accountId,
    )
  );
}

function granteeOf(principals: PolicyStatement['principals'], caller: PolicyCaller): 'caller' | 'role' | 'account' {
  if (principals === undefined || principals.negated) return 'account';
  const { values } = principals;
  // "*" speaks to each principal, the caller's session included (IAM User Guide, "AWS JSON policy elements: Principal").
  if (values.everyone || values.service.includes(caller.arn)) return 'caller';
  if (values.aws.some((principal) => isCallerItself(principal, caller))) return 'caller';
  return values.aws.some((principal) => isCallersRole(principal, caller)) ? 'role' : 'account';
}
