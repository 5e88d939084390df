import { compilePolicy, evaluate } from '../policy-evaluation';
import { parsePolicyDocument, type PolicyDocument, type PolicyStatement } from '../policy-document';
import type { RequestContext } from '../policy-match';
import { anExample, contextsFor, examplesIn } from './probes';

/** An action on a resource, as a policy writes them. */
export type Reached = { readonly action: string; readonly resource: string };

/** What one policy lets that another does not, and the other way round: the first of each, and how many. */
export type PermissionChange = {
  readonly more: readonly Reached[];
  readonly less: readonly Reached[];
  /** every question was asked; else there may be more of both */
  readonly isWhole: boolean;
};

/** So many questions are asked of two policies; AWS’s largest need some thousands. */
const mostQuestions = 40_000;
const mostContexts = 60;

const nothingAllowed: PolicyDocument = { version: '2012-10-17', statements: [] };

function parsed(text: string | undefined): PolicyDocument | undefined {
  if (text === undefined) return nothingAllowed;
  const read = parsePolicyDocument(text, 'identity');
  return read.ok ? read.document : undefined;
}

type Written = { readonly text: string; readonly example: string };

const otherAction: Written = { text: 'every other action', example: 'example:Example' };
const otherResource: Written = { text: 'every other resource', example: 'arn:aws:example:::example' };

function actionsOf({ actions }: PolicyStatement): readonly Written[] {
  const written = actions.values.map((text) => ({
    text,
    example: text === '*' ? otherAction.example : anExample(text),
  }));
  return actions.negated ? [...written, otherAction] : written;
}

function resourcesOf({ resources }: PolicyStatement): readonly Written[] {
  const written = (resources?.values ?? ['*']).map((text) => ({
    text,
    example: text === '*' ? otherResource.example : anExample(text),
  }));
  return resources?.negated === true ? [...written, otherResource] : written;
}

/** A denial weighs less than silence: without it something else may allow. */
function rankIn(document: PolicyDocument): (action: string, resource: string, context: RequestContext) => number {
  const policy = compilePolicy('', document);
  const caller = {
    kind: 'role-session',
    accountId: '000000000000',
    arn: 'arn:aws:sts::000000000000:assumed-role/example/example',
  } as const;
  return (action, resource, context) => {
    const request = { action, resource, resourceAccountId: caller.accountId, caller, context };
    const { decision } = evaluate(request, { identity: [policy] });
    return decision === 'allowed' ? 2 : decision === 'implicitDeny' ? 1 : 0;
  };
}

/** The same two policies come again and again in a round of looks. So many answers are remembered, the latest. */
const mostRemembered = 50;
const remembered = new Map<string, PermissionChange | undefined>();

/**
 * Asks two policies the questions that either of them speaks of, and tells where they answer otherwise. A policy that is
 * not there allows and denies nothing; `undefined` where one cannot be read. `asBoundary`: silence refuses as a denial does.
 */
export function comparePermissions(
  agreed: string | undefined,
  now: string | undefined,
  { asBoundary = false } = {},
): PermissionChange | undefined {
  const key = JSON.stringify([agreed, now, asBoundary]);
  if (remembered.has(key)) return remembered.get(key);
  const change = compared(agreed, now, asBoundary);
  remembered.set(key, change);
  const [oldest] = remembered.keys();
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
  return change;
}

function compared(
  agreed: string | undefined,
  now: string | undefined,
  asBoundary: boolean,
): PermissionChange | undefined {
  const before = parsed(agreed);
  const after = parsed(now);
  if (before === undefined || after === undefined) return undefined;
  const documents = [before, after];
  const contexts = contextsFor(documents, examplesIn(documents, new Set())).slice(0, mostContexts);
  const was = rankIn(before);
  const is = rankIn(after);
  const weigh = (rank: number) => (asBoundary ? Math.max(rank, 1) : rank);
  const more = new Map<string, Reached>();
  const less = new Map<string, Reached>();
  let asked = 0;
  for (const statement of documents.flatMap(({ statements }) => statements)) {
    for (const action of actionsOf(statement)) {
      for (const resource of resourcesOf(statement)) {
        for (const context of contexts) {
          asked += 1;
          if (asked > mostQuestions) break;
          const gap =
            weigh(is(action.example, resource.example, context)) -
            weigh(was(action.example, resource.example, context));
          if (gap === 0) continue;
          const reached = { action: action.text, resource: resource.text };
          (gap > 0 ? more : less).set(`${reached.action} ${reached.resource}`, reached);
        }
      }
    }
  }
  return { more: [...more.values()], less: [...less.values()], isWhole: asked <= mostQuestions };
}
