import { clip } from '../../clip';
import { quoteBash } from '../../render/quote-bash';
import type { Cause, CauseId, Correction, Diagnosis } from '../check';
import type { PolicyCondition } from '../policy-document';
import { addStatement, correctTrust, insistOnExternalId, wantedOf } from './correct-trust';
import type { Evidence, TargetEyes } from './evidence';
import { concluded, proven, type CauseDetails } from './state-cause';
import { knownRequest, readTrust, type Mismatch, type StatementReading, type TrustReading } from './trust-reading';

type Seen = Extract<TargetEyes, { found: true }>;
type RuledOut = Diagnosis['ruledOut'][number];

/** What the role's own trust policy tells. */
export type TrustFindings = {
  /** what was seen to be wrong */
  readonly proven: readonly Cause[];
  /** what cannot be seen from here, but would refuse too */
  readonly possible: readonly Cause[];
  readonly ruledOut: readonly RuledOut[];
};

const nothing: TrustFindings = { proven: [], possible: [], ruledOut: [] };

export function roleNameOf(roleArn: string): string {
  return roleArn.slice(roleArn.lastIndexOf('/') + 1);
}

/** A change of the role's trust policy, and the line of the AWS CLI that makes it. */
export function trustCorrection(roleArn: string, before: string, after: string | undefined): CauseDetails {
  if (after === undefined) return {};
  const roleName = roleNameOf(roleArn);
  const correction: Correction = { of: 'trust-policy', owner: roleName, before, after };
  const document = JSON.stringify(JSON.parse(after));
  return {
    correction,
    command: `aws iam update-assume-role-policy --role-name ${quoteBash(roleName)} --policy-document ${quoteBash(document)}`,
  };
}

function quoted(values: readonly string[]): string {
  const shown = values.slice(0, 3).join(', ');
  return values.length > 3 ? `${shown} and ${values.length - 3} more` : shown;
}

/** Where in the document, as a person counts. */
function place({ index, sid }: StatementReading): string {
  return sid === undefined || sid === '' ? `Statement ${index + 1}` : `Statement “${sid}”`;
}

const conditionCauses: readonly (readonly [RegExp, CauseId])[] = [
  [/^sts:externalid$/, 'external-id-differs'],
  [/^aws:multifactorauth(?:present|age)$/, 'mfa-needed'],
  [/^aws:principal(?:orgid|orgpaths)$/, 'organization-differs'],
  [/^aws:(?:principalarn|userid|username|principaltype)$/, 'trusts-another-identity'],
  [/^aws:principalaccount$/, 'trusts-another-account'],
  [/^aws:(?:sourceip|sourcevpc|sourcevpce|vpcsourceip)$/, 'network-condition'],
  [/^aws:(?:currenttime|epochtime)$/, 'time-condition'],
  [/^sts:durationseconds$/, 'duration-condition'],
  [/^sts:rolesessionname$/, 'session-name-condition'],
  [/^(?:sts|aws):sourceidentity$/, 'source-identity-needed'],
  [/^(?:aws:requesttag\/.*|aws:tagkeys|sts:transitivetagkeys)$/, 'session-tags-needed'],
];

function causeOfCondition(condition: PolicyCondition, { request }: Evidence): CauseId {
  const key = condition.key.toLowerCase();
  const id = conditionCauses.find(([pattern]) => pattern.test(key))?.[1] ?? 'condition-not-met';
  return id === 'external-id-differs' && request.externalId === undefined ? 'external-id-needed' : id;
}

function shown({ operator, key, values }: PolicyCondition): string {
  return clip(`${operator} ${key} ${quoted(values)}`, 260);
}

function describe(mismatch: Mismatch, reading: StatementReading, evidence: Evidence) {
  const caller = evidence.caller?.accountId ?? '';
  switch (mismatch.part) {
    case 'principal': {
      const names = clip(quoted(mismatch.names), 200);
      const ids = {
        'deleted-identity': [
          'trusted-principal-deleted',
          `${names} is the unique ID of an identity that is gone. IAM stores a named user or role by it; one of the same name that is made later is another one.`,
        ],
        'other-identity': [
          'trusts-another-identity',
          `It names ${names}, and the caller is ${evidence.caller?.arn ?? ''}.`,
        ],
        'other-account': ['trusts-another-account', `It names ${names}, and the caller’s account is ${caller}.`],
        service: ['trusts-only-services', `It names ${names}.`],
        federation: ['trusts-only-federation', `It names ${names}.`],
        nobody: ['trusts-nobody', 'It names nobody.'],
      } as const;
      const [id, reasoning] = ids[mismatch.instead];
      return { id, reasoning };
    }
    case 'action':
      return {
        id: 'trust-action-missing' as const,
        reasoning: `${place(reading)} allows ${quoted(mismatch.names)}.`,
      };
    case 'condition':
      return {
        id: causeOfCondition(mismatch.condition, evidence),
        reasoning: `${place(reading)} asks for ${shown(mismatch.condition)}.`,
      };
  }
}

/** What a Deny's conditions spare may be brought; the Deny itself is there on purpose then. */
const bringable: readonly CauseId[] = ['mfa-needed', 'network-condition', 'organization-differs', 'time-condition'];

function denied(denial: StatementReading, { document }: TrustReading, evidence: Evidence): Cause {
  const spares = (document.statements[denial.index]?.conditions ?? [])
    .map((condition) => ({ condition, id: causeOfCondition(condition, evidence) }))
    .find(({ id }) => bringable.includes(id));
  const where = `${place(denial)} is a Deny that meets this caller`;
  return spares === undefined
    ? proven('trust-denies', `${where}.`)
    : proven(spares.id, `${where}, because of ${shown(spares.condition)}.`);
}

/** Each cause once, the first reason kept. */
function distinct(causes: readonly Cause[]): Cause[] {
  return causes.filter((cause, index) => causes.findIndex(({ id }) => id === cause.id) === index);
}

function whatFits(reading: TrustReading, evidence: Evidence): RuledOut[] {
  const { nearest } = reading;
  if (nearest === undefined) return [];
  const fails = (part: (mismatch: Mismatch) => boolean) => nearest.mismatches.some(part);
  const asksForExternalId = reading.document.statements[nearest.index]?.conditions.some(
    ({ key }) => key.toLowerCase() === 'sts:externalid',
  );
  return [
    ...(fails(({ part }) => part === 'principal')
      ? []
      : [{ title: 'It trusts another account', because: 'it names the caller’s' }]),
    ...(asksForExternalId === true &&
    !fails((one) => one.part === 'condition' && one.condition.key.toLowerCase() === 'sts:externalid')
      ? [{ title: 'The external ID differs', because: 'it is the one of this connection' }]
      : []),
    ...(asksForExternalId === true || evidence.request.externalId === undefined
      ? []
      : [{ title: 'The external ID differs', because: 'the role asks for none' }]),
  ];
}

/** Reads the role's trust policy as AWS does, part by part, and says what refuses this caller. */
export function findingsOfTrust(evidence: Evidence, seen: Seen): TrustFindings {
  const request = knownRequest(evidence);
  if (request === undefined) return nothing;
  const reading = readTrust(seen.trustPolicy, request);
  if (reading === undefined) {
    return { ...nothing, proven: [proven('trust-unreadable', `It was read from ${seen.readWith}.`)] };
  }
  const { denial, nearest, possibleDenial } = reading;
  const wanted = wantedOf(evidence);
  const causes: Cause[] = [];
  if (denial !== undefined) {
    causes.push(denied(denial, reading, evidence));
  }
  if (nearest === undefined) {
    if (denial === undefined) causes.push(proven('trusts-nobody', 'It has no statement that allows anything.'));
  } else if (nearest.mismatches.length > 0) {
    const isForOthers = nearest.mismatches.some(
      (one) => one.part === 'principal' && ['service', 'federation', 'nobody'].includes(one.instead),
    );
    const after =
      wanted === undefined || denial !== undefined
        ? undefined
        : isForOthers
          ? (evidence.history.plannedTrust ?? addStatement(seen.trustPolicy, wanted))
          : correctTrust(seen.trustPolicy, nearest, wanted);
    const details = trustCorrection(evidence.roleArn, seen.trustPolicy, after);
    // Who is meant to come in decides what the rest is about: a role for a service is simply another role.
    const mismatches = isForOthers ? nearest.mismatches.filter(({ part }) => part === 'principal') : nearest.mismatches;
    for (const mismatch of mismatches) {
      const { id, reasoning } = describe(mismatch, nearest, evidence);
      causes.push(
        proven(id, reasoning, {
          ...(isCorrected(mismatch, evidence) ? details : {}),
          ...strangers(mismatch, evidence),
        }),
      );
    }
  }
  const possible = [...(nearest?.unseen ?? []), ...(possibleDenial?.unseen ?? [])].map((condition) => ({
    id: causeOfCondition(condition, evidence),
    condition,
  }));
  return {
    proven: distinct(causes),
    possible: distinct(
      possible.map(({ id, condition }) =>
        concluded(id, 0.5, `It asks for ${shown(condition)}. Whether that holds cannot be seen from here.`),
      ),
    ),
    ruledOut: [
      { title: 'The role does not exist', because: `it was read from ${seen.readWith}` },
      ...whatFits(reading, evidence),
    ],
  };
}

/** A trust in somebody unknown is more than an obstacle; and two account IDs that begin alike were meant to be one. */
function strangers(mismatch: Mismatch, { caller }: Evidence): CauseDetails {
  if (mismatch.part !== 'principal' || mismatch.instead !== 'other-account' || mismatch.names.length !== 1) return {};
  const trusted = /\b([0-9]{12})\b/.exec(mismatch.names[0] ?? '')?.[1];
  const own = caller?.accountId;
  if (trusted === undefined || own === undefined) return {};
  return {
    risk: `Until it is corrected, whoever owns ${trusted} may enter in your place.`,
    ...(trusted.slice(0, 8) === own.slice(0, 8) && {
      title: `The role trusts another account: ${trusted.slice(8)} instead of ${own.slice(8)} at the end`,
    }),
  };
}

/** Conditions that only their owner can change have no correction of ours. */
function isCorrected(mismatch: Mismatch, evidence: Evidence): boolean {
  if (mismatch.part !== 'condition') return true;
  return ['external-id-differs', 'trusts-another-account', 'trusts-another-identity', 'organization-differs'].includes(
    causeOfCondition(mismatch.condition, evidence),
  );
}

/** The statements that let the caller in without the right external ID, made to insist on it. */
export function enforcementCorrection(evidence: Evidence, seen: Seen): CauseDetails {
  const { externalId } = evidence.request;
  if (externalId === undefined) return {};
  const indexes = [undefined, 'wrong'].flatMap((given) => {
    const request = knownRequest({ ...evidence, request: { ...evidence.request, externalId: given } });
    const reading = request === undefined ? undefined : readTrust(seen.trustPolicy, request);
    return reading?.allows.filter(({ mismatches }) => mismatches.length === 0).map(({ index }) => index) ?? [];
  });
  return trustCorrection(
    evidence.roleArn,
    seen.trustPolicy,
    insistOnExternalId(seen.trustPolicy, [...new Set(indexes)], externalId),
  );
}
