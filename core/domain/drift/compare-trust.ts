import { compileStatements, type StatementRequest } from '../policy-compile';
import { parsePolicyDocument, type PolicyDocument } from '../policy-document';
import type { RequestContext } from '../policy-match';
import { lintTrust } from '../risk/lint-trust';
import { readPolicyText } from '../risk/policy-text';
import type { Path } from '../risk/places';
import type { Difference, DriftKind, DriftSeverity } from './difference';
import { contextsFor, differingKeys, examplesIn, withKeyOf } from './probes';
import { meaningOf } from './tidy-policy';
import { callerKeys, callersIn, type TrustCaller } from './trust-callers';
import { addedWords, conditionWords, externalIdWords, removedWords } from './trust-drift-words';

type Enters = (caller: TrustCaller, context: RequestContext) => boolean;

const action = 'sts:AssumeRole';

function doorOf(document: PolicyDocument): Enters {
  const statements = compileStatements(document);
  return ({ brings, caller }, context) => {
    const asked: StatementRequest = {
      ...{ action, actionLowerCase: action.toLowerCase(), service: 'sts', resource: '*', bounded: false },
      caller,
      context: new Map([...context, ...brings]),
    };
    const met = statements.filter((statement) => statement.matches(asked));
    return met.some(({ effect }) => effect === 'Allow') && !met.some(({ effect }) => effect === 'Deny');
  };
}

/** What a key lets through that it did not, or stops that it did not stop. */
type Blame = { widened: boolean; narrowed: boolean };

/** The keys because of which one door lets a request in and the other, which lets this caller in otherwise, does not. */
function keysAgainst(
  refused: RequestContext,
  lets: (context: RequestContext) => boolean,
  open: readonly RequestContext[],
): readonly string[] {
  const [first] = open;
  if (first === undefined) return [];
  let nearest = first;
  for (const context of open) {
    if (differingKeys(context, refused).length < differingKeys(nearest, refused).length) nearest = context;
  }
  for (const key of differingKeys(nearest, refused)) {
    const closer = withKeyOf(nearest, key, refused);
    if (lets(closer)) nearest = closer;
  }
  return differingKeys(nearest, refused);
}

type Seen = {
  readonly entering: readonly TrustCaller[];
  readonly shutOut: readonly TrustCaller[];
  readonly keys: ReadonlyMap<string, Blame>;
  readonly isShut: boolean;
};

function hold(before: PolicyDocument, after: PolicyDocument): Seen {
  const documents = [before, after];
  const contexts = contextsFor(documents, examplesIn(documents, callerKeys));
  const agreed = doorOf(before);
  const now = doorOf(after);
  const entering: TrustCaller[] = [];
  const shutOut: TrustCaller[] = [];
  const keys = new Map<string, Blame>();
  let isOpen = false;
  let wasOpen = false;
  for (const caller of callersIn(documents)) {
    const openBefore = contexts.filter((context) => agreed(caller, context));
    const openNow = contexts.filter((context) => now(caller, context));
    isOpen ||= openNow.length > 0;
    wasOpen ||= openBefore.length > 0;
    if (openBefore.length === 0 && openNow.length > 0) entering.push(caller);
    if (openBefore.length > 0 && openNow.length === 0) shutOut.push(caller);
    if (openBefore.length === 0 || openNow.length === 0) continue;
    const blame = (key: string, how: keyof Blame): void => {
      keys.set(key, { ...(keys.get(key) ?? { widened: false, narrowed: false }), [how]: true });
    };
    const wasIn = new Set(openBefore);
    const isIn = new Set(openNow);
    for (const context of openNow.filter((one) => !wasIn.has(one))) {
      for (const key of keysAgainst(context, (one) => agreed(caller, one), openBefore)) blame(key, 'widened');
    }
    for (const context of openBefore.filter((one) => !isIn.has(one))) {
      for (const key of keysAgainst(context, (one) => now(caller, one), openNow)) blame(key, 'narrowed');
    }
  }
  return { entering, shutOut, keys, isShut: wasOpen && !isOpen };
}

const addedKinds = {
  named: 'principal-added',
  account: 'account-trusted',
  anyone: 'anyone-trusted',
  service: 'service-trusted',
} as const satisfies Record<TrustCaller['kind'], DriftKind>;

/** Who stands for others that entered, or were shut out, with them is named alone. */
function withoutImplied(callers: readonly TrustCaller[]): readonly TrustCaller[] {
  const anyone = callers.some(({ kind }) => kind === 'anyone');
  const accounts = new Set(callers.filter(({ kind }) => kind === 'account').map(({ name }) => name));
  return callers.filter(({ caller, kind }) => {
    if (kind === 'anyone') return true;
    if (anyone) return false;
    return kind !== 'named' || !accounts.has(caller.accountId);
  });
}

function mentions({ statements }: PolicyDocument, key: string): boolean {
  return statements.some(({ conditions }) => conditions.some((one) => one.key.toLowerCase() === key));
}

/** It lets in what it did not, and stops what it let in: another value is asked for. */
function asksOtherwise({ narrowed, widened }: Blame): boolean {
  return narrowed && widened;
}

const externalId = 'sts:externalid';

/** How a role's trust differs from the one that was agreed: by who may enter, not by how it is written. */
export function compareTrust(agreedText: string, nowText: string): readonly Difference[] {
  if (meaningOf(agreedText) === meaningOf(nowText)) return [];
  const before = parsePolicyDocument(agreedText, 'trust');
  const after = parsePolicyDocument(nowText, 'trust');
  const text = readPolicyText(nowText, 'trust');
  const found: Difference[] = [];
  const tell = (kind: DriftKind, severity: DriftSeverity, path: Path, message: string): void => {
    const at = text?.finding(kind, 'warning', path, message, '');
    found.push({
      ...{ kind, severity, message: message.slice(0, 400), pointer: (at?.pointer ?? '').slice(0, 400) },
      ...(at !== undefined && { line: at.line }),
    });
  };
  if (!before.ok || !after.ok || text === undefined) {
    tell('trust-reworded', 'other', [], 'The trust policy is another one, and cannot be read here.');
    return found;
  }
  const { entering, isShut, keys, shutOut } = hold(before.document, after.document);
  const placeOf = (name: string): Path => principalPath(text, after.document, name);
  for (const caller of withoutImplied(entering)) {
    tell(addedKinds[caller.kind], 'widened', placeOf(caller.name), addedWords(caller));
  }
  for (const name of federatedOnly(after.document, before.document)) {
    tell('federation-trusted', 'widened', placeOf(name), `People signed in by ${name} may enter now.`);
  }
  if (isShut) {
    tell('trust-closed', 'narrowed', denyPath(text, after.document), 'Nobody is let in any more: the trust is closed.');
  } else {
    for (const caller of withoutImplied(shutOut)) tell('principal-removed', 'narrowed', [], removedWords(caller));
  }
  for (const name of federatedOnly(before.document, after.document)) {
    tell('principal-removed', 'narrowed', [], `People signed in by ${name} may enter no more.`);
  }
  for (const [key, blame] of keys) {
    const isAsked = mentions(after.document, key);
    const wasAsked = mentions(before.document, key);
    const path = conditionPath(text, after.document, key);
    const severity = blame.widened ? 'widened' : 'narrowed';
    if (key === externalId && blame.widened) {
      const kind = asksOtherwise(blame)
        ? 'external-id-changed'
        : isAsked
          ? 'external-id-weakened'
          : 'external-id-dropped';
      tell(kind, severity, path, externalIdWords(kind, newFinding(agreedText, nowText)));
      continue;
    }
    const kind = asksOtherwise(blame)
      ? 'condition-changed'
      : blame.widened
        ? isAsked
          ? 'condition-weakened'
          : 'condition-dropped'
        : wasAsked
          ? 'condition-changed'
          : 'condition-added';
    tell(kind, severity, path, conditionWords(kind, key));
  }
  if (found.length === 0) {
    tell(
      'trust-reworded',
      'other',
      [],
      'It is written otherwise. Nobody was found who may enter now and could not before, or the other way round.',
    );
  }
  return found;
}

function federatedOnly(one: PolicyDocument, other: PolicyDocument): readonly string[] {
  const of = ({ statements }: PolicyDocument) =>
    new Set(
      statements
        .filter(({ effect }) => effect === 'Allow')
        .flatMap((statement) => statement.principals?.values.federated ?? []),
    );
  const known = of(other);
  return [...of(one)].filter((name) => !known.has(name));
}

type Text = NonNullable<ReturnType<typeof readPolicyText>>;

/** Where a principal is named; for everybody, and for who comes by a condition, the statement's principals. */
function principalPath(text: Text, { statements }: PolicyDocument, name: string): Path {
  for (const { index, principals } of statements) {
    const { aws = [], everyone = false, federated = [], service = [] } = principals?.values ?? {};
    const written = aws.find((one) => one === name || one.includes(`:${name}:root`));
    if (written !== undefined) return text.path(index, 'Principal.AWS', written);
    if (service.includes(name)) return text.path(index, 'Principal.Service', name);
    if (federated.includes(name)) return text.path(index, 'Principal.Federated', name);
    if (everyone) return text.path(index, 'Principal');
  }
  const allow = statements.find(({ effect }) => effect === 'Allow');
  return allow === undefined ? [] : text.path(allow.index, 'Principal');
}

function conditionPath(text: Text, { statements }: PolicyDocument, key: string): Path {
  for (const { conditions, index } of statements) {
    const asked = conditions.find((one) => one.key.toLowerCase() === key);
    if (asked !== undefined) return text.path(index, `Condition.${asked.operator}`);
  }
  const allow = statements.find(({ effect }) => effect === 'Allow');
  return allow === undefined ? [] : text.path(allow.index, 'Action');
}

function denyPath(text: Text, { statements }: PolicyDocument): Path {
  const deny = statements.find(({ effect }) => effect === 'Deny');
  return deny === undefined ? [] : text.path(deny.index, 'Effect');
}

/** What the lint of trusts says of the document now and did not say before. */
function newFinding(agreedText: string, nowText: string): string | undefined {
  const known = new Set(lintTrust({ text: agreedText }).map(({ id }) => id));
  const about = new Set(['no-external-id', 'if-exists', 'negated', 'external-id-pattern']);
  return lintTrust({ text: nowText }).find(({ id }) => about.has(id) && !known.has(id))?.message;
}
