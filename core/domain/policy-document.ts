/**
 * Policy documents as IAM reads them. Pure text in, typed statements or AWS's own complaint out.
 * Grammar: IAM User Guide, "Grammar of the IAM JSON policy language"; wording of the complaints as IAM sends them
 * with `MalformedPolicyDocument`.
 */

/** What the document is for: it decides which elements must and must not be there. */
export type PolicyUse = 'identity' | 'trust' | 'resource' | 'session' | 'boundary' | 'service-control';

export type PolicyPrincipals = {
  /** `"Principal": "*"` or `{"AWS": "*"}`. */
  readonly everyone: boolean;
  readonly aws: readonly string[];
  readonly service: readonly string[];
  readonly federated: readonly string[];
  readonly canonicalUser: readonly string[];
};

export type PolicyCondition = {
  /** As written, for example `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
};

export type PolicyStatement = {
  /** Place in the document, from 0. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principals?: { readonly negated: boolean; readonly values: PolicyPrincipals };
  readonly actions: { readonly negated: boolean; readonly values: readonly string[] };
  /** Absent in trust policies: the role itself is the resource. */
  readonly resources?: { readonly negated: boolean; readonly values: readonly string[] };
  readonly conditions: readonly PolicyCondition[];
};

export type PolicyDocument = {
  /** The older language knows no policy variables. It is also what a document without `Version` is. */
  readonly version: '2008-10-17' | '2012-10-17';
  readonly statements: readonly PolicyStatement[];
};

export type PolicyReading =
  { readonly ok: true; readonly document: PolicyDocument } | { readonly ok: false; readonly message: string };

/** Thrown and caught inside this file only. */
class Complaint extends Error {}

type Json = Readonly<Record<string, unknown>>;

const invalidJson = 'This policy contains invalid Json';
const syntaxErrors = 'Syntax errors in policy.';
const conditionOperator =
  /^(?:(?:ForAllValues|ForAnyValue):)?(?:String(?:Equals|NotEquals|EqualsIgnoreCase|NotEqualsIgnoreCase|Like|NotLike)|Numeric(?:Equals|NotEquals|LessThan|LessThanEquals|GreaterThan|GreaterThanEquals)|Date(?:Equals|NotEquals|LessThan|LessThanEquals|GreaterThan|GreaterThanEquals)|Bool|BinaryEquals|(?:Not)?IpAddress|Arn(?:Equals|NotEquals|Like|NotLike))(?:IfExists)?$|^Null$/i;

/** Reads a policy document. `message` is what IAM answers with to the same text. */
export function parsePolicyDocument(text: string, use: PolicyUse): PolicyReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, message: invalidJson };
  }
  try {
    return { ok: true, document: readDocument(value, use) };
  } catch (error) {
    if (error instanceof Complaint) return { ok: false, message: error.message };
    throw error;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strings(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (typeof item !== 'string') throw new Complaint(syntaxErrors);
    return item;
  });
}

function readDocument(value: unknown, use: PolicyUse): PolicyDocument {
  if (!isObject(value)) throw new Complaint(syntaxErrors);
  for (const key of Object.keys(value)) {
    if (key !== 'Version' && key !== 'Id' && key !== 'Statement') throw new Complaint(syntaxErrors);
  }
  const version = value['Version'] ?? '2008-10-17';
  if (version !== '2008-10-17' && version !== '2012-10-17') {
    throw new Complaint(syntaxErrors);
  }
  const statement = value['Statement'];
  if (statement === undefined) throw new Complaint('Missing required field Statement');
  const list: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
  if (list.length === 0) throw new Complaint('Missing required field Statement cannot be empty!');
  const statements = list.map((item, index) => readStatement(item, index, use));
  const sids = statements.map((item) => item.sid).filter((sid) => sid !== undefined && sid !== '');
  if (new Set(sids).size !== sids.length) throw new Complaint('Statement IDs (SID) in a single policy must be unique.');
  return { version, statements };
}

const statementKeys = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

function readStatement(value: unknown, index: number, use: PolicyUse): PolicyStatement {
  if (!isObject(value)) throw new Complaint(syntaxErrors);
  for (const key of Object.keys(value)) if (!statementKeys.has(key)) throw new Complaint(syntaxErrors);
  const effect = value['Effect'];
  if (effect === undefined) throw new Complaint('Missing required field Effect');
  if (effect !== 'Allow' && effect !== 'Deny')
    throw new Complaint(`Invalid effect: ${typeof effect === 'string' ? effect : ''}`);
  const sid = value['Sid'];
  if (sid !== undefined && typeof sid !== 'string') throw new Complaint(syntaxErrors);
  if (sid !== undefined && use !== 'resource' && !/^[0-9A-Za-z]*$/.test(sid)) {
    throw new Complaint(
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    );
  }
  const principals = readPrincipalElement(value, use);
  const actions = readActions(value, use);
  const resources = readResources(value, use);
  return {
    index,
    ...(sid === undefined ? {} : { sid }),
    effect,
    ...(principals === undefined ? {} : { principals }),
    actions,
    ...(resources === undefined ? {} : { resources }),
    conditions: readConditions(value['Condition']),
  };
}

function readPrincipalElement(statement: Json, use: PolicyUse): PolicyStatement['principals'] {
  const principal = statement['Principal'];
  const notPrincipal = statement['NotPrincipal'];
  const hasOwn = use === 'trust' || use === 'resource';
  if (!hasOwn) {
    if (principal !== undefined || notPrincipal !== undefined) {
      throw new Complaint('Policy document should not specify a principal.');
    }
    return undefined;
  }
  if (principal !== undefined && notPrincipal !== undefined) throw new Complaint(syntaxErrors);
  if (use === 'trust' && notPrincipal !== undefined && statement['Effect'] === 'Allow') {
    throw new Complaint('Allow with NotPrincipal is not allowed.');
  }
  const given = principal ?? notPrincipal;
  if (given === undefined) throw new Complaint('Missing required field Principal');
  return { negated: principal === undefined, values: readPrincipals(given) };
}

function readPrincipals(value: unknown): PolicyPrincipals {
  const nobody = { everyone: false, aws: [], service: [], federated: [], canonicalUser: [] };
  if (value === '*') return { ...nobody, everyone: true };
  if (!isObject(value)) throw new Complaint('Invalid principal in policy');
  const kinds = Object.keys(value);
  if (kinds.length === 0) throw new Complaint('Missing required field Principal cannot be empty!');
  for (const kind of kinds) {
    if (!['AWS', 'Service', 'Federated', 'CanonicalUser'].includes(kind))
      throw new Complaint('Invalid principal in policy');
  }
  const aws = value['AWS'] === undefined ? [] : strings(value['AWS']);
  for (const item of aws) {
    if (item !== '*' && item.includes('*')) {
      throw new Complaint(`Invalid principal in policy: "AWS":"${item}"`);
    }
  }
  return {
    everyone: aws.includes('*'),
    aws: aws.filter((item) => item !== '*'),
    service: value['Service'] === undefined ? [] : strings(value['Service']),
    federated: value['Federated'] === undefined ? [] : strings(value['Federated']),
    canonicalUser: value['CanonicalUser'] === undefined ? [] : strings(value['CanonicalUser']),
  };
}

const trustActions =
  /^(?:sts:(?:AssumeRole|AssumeRoleWithSAML|AssumeRoleWithWebIdentity|TagSession|SetSourceIdentity|SetContext|\*|Assume\*|AssumeRole\*)|\*)$/i;

function readActions(statement: Json, use: PolicyUse): PolicyStatement['actions'] {
  const action = statement['Action'];
  const notAction = statement['NotAction'];
  if (action !== undefined && notAction !== undefined) throw new Complaint(syntaxErrors);
  const given = action ?? notAction;
  if (given === undefined) throw new Complaint('Policy statement must contain actions.');
  const values = strings(given);
  if (values.length === 0) throw new Complaint('Policy statement must contain actions.');
  for (const value of values) {
    if (value === '*') continue;
    if (!/^[A-Za-z0-9-]+:[A-Za-z0-9*?_-]+$/.test(value)) {
      throw new Complaint('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
    }
  }
  // IAM lets "*" and wildcards stand only where every action they cover is one of STS's.
  if (
    use === 'trust' &&
    (notAction !== undefined ||
      values.some((value) => (value === '*' ? statement['Effect'] === 'Allow' : !trustActions.test(value))))
  ) {
    throw new Complaint('AssumeRole policy may only specify STS AssumeRole actions.');
  }
  return { negated: action === undefined, values };
}

function readResources(statement: Json, use: PolicyUse): PolicyStatement['resources'] {
  const resource = statement['Resource'];
  const notResource = statement['NotResource'];
  if (use === 'trust') {
    if (resource !== undefined) throw new Complaint('Has prohibited field Resource');
    if (notResource !== undefined) throw new Complaint('Has prohibited field NotResource');
    return undefined;
  }
  if (resource !== undefined && notResource !== undefined) throw new Complaint(syntaxErrors);
  const given = resource ?? notResource;
  if (given === undefined) throw new Complaint('Policy statement must contain resources.');
  const values = strings(given);
  if (values.length === 0) throw new Complaint('Policy statement must contain resources.');
  for (const value of values) {
    if (value !== '*' && !/^arn:[^:]*:[^:]*:[^:]*:[^:]*:.+/s.test(value) && !/^arn:.*\*/s.test(value)) {
      throw new Complaint(`Resource ${value} must be in ARN format or "*".`);
    }
  }
  return { negated: resource === undefined, values };
}

function readConditions(value: unknown): readonly PolicyCondition[] {
  if (value === undefined) return [];
  if (!isObject(value)) throw new Complaint(syntaxErrors);
  const conditions: PolicyCondition[] = [];
  for (const [operator, block] of Object.entries(value)) {
    if (!conditionOperator.test(operator)) throw new Complaint(`Invalid Condition type : ${operator}`);
    if (!isObject(block)) throw new Complaint(syntaxErrors);
    for (const [key, given] of Object.entries(block)) {
      if (!key.includes(':'))
        throw new Complaint('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
      const list: readonly unknown[] = Array.isArray(given) ? given : [given];
      const values = list.map((item) => {
        if (typeof item === 'string') return item;
        if (typeof item === 'boolean' || typeof item === 'number') return String(item);
        throw new Complaint(syntaxErrors);
      });
      conditions.push({ operator, key, values });
    }
  }
  return conditions;
}

/** Whether a text is meant as a policy at all; whether IAM would keep it is for `parsePolicyDocument`. */
export function isPolicyText(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    return isObject(document) && 'Statement' in document;
  } catch {
    return false;
  }
}

/** The condition keys and policy variables a document asks for, as written, each once. */
export function contextKeysOf(document: PolicyDocument): readonly string[] {
  const keys = new Map<string, string>();
  const add = (key: string): void => {
    if (!keys.has(key.toLowerCase())) keys.set(key.toLowerCase(), key);
  };
  const addVariables = (value: string): void => {
    if (document.version !== '2012-10-17') return;
    for (const [, name] of value.matchAll(/\$\{([^}*?$,]+)(?:,[^}]*)?\}/g)) if (name !== undefined) add(name.trim());
  };
  for (const statement of document.statements) {
    for (const resource of statement.resources?.values ?? []) addVariables(resource);
    for (const condition of statement.conditions) {
      add(condition.key);
      for (const value of condition.values) addVariables(value);
    }
  }
  return [...keys.values()];
}
