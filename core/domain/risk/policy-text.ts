import { parsePolicyDocument, type PolicyDocument, type PolicyUse } from '../policy-document';
import type { RiskFinding } from './finding';
import { placesIn, pointerOf, type Path } from './places';

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A policy with the places of its parts: what rules look at. */
export type PolicyText = {
  readonly document: PolicyDocument;
  /** the path of a statement's element, or of one of its values, as it is written */
  path(statement: number, element: string, value?: string): Path;
  finding(id: string, severity: RiskFinding['severity'], path: Path, message: string, narrow: string): RiskFinding;
};

/** `undefined` for what is no policy of that use. */
export function readPolicyText(text: string, use: PolicyUse): PolicyText | undefined {
  const read = parsePolicyDocument(text, use);
  if (!read.ok) return undefined;
  const places = placesIn(text);
  const raw: unknown = JSON.parse(text);
  const statements = isObject(raw) ? raw['Statement'] : undefined;
  const isList = Array.isArray(statements);
  const rawStatement = (index: number): Json => {
    const one: unknown = isList ? (statements as readonly unknown[])[index] : statements;
    return isObject(one) ? one : {};
  };
  return {
    document: read.document,
    path: (statement, element, value) => {
      const base: Path = isList ? ['Statement', statement] : ['Statement'];
      const path = [...base, ...element.split('.')];
      const given = element
        .split('.')
        .reduce<unknown>((holder, key) => (isObject(holder) ? holder[key] : undefined), rawStatement(statement));
      if (value === undefined || !Array.isArray(given)) return path;
      const at = (given as readonly unknown[]).indexOf(value);
      return at === -1 ? path : [...path, at];
    },
    finding: (id, severity, path, message, narrow) => ({
      id,
      severity,
      pointer: pointerOf(path),
      line: places.lineOf(path),
      message,
      narrow,
    }),
  };
}
