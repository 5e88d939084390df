import { parsePolicyDocument, type PolicyStatement } from './policy-document';
import { prefixOfRange } from './policy-ip';

/** `line` counts from 1 in the text as it is. */
export type TrustFinding = {
  readonly id: string;
  readonly line: number;
  readonly severity: 'warning' | 'danger';
  readonly message: string;
};

/** Ranges that no call to AWS comes from: AWS sees the address behind which these are (RFC 1918, 4193, 6598, 3927). */
const privateRange =
  /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:|fe80:|::1(?:\/|$))/i;

export function isPrivateRange(range: string): boolean {
  return privateRange.test(range);
}

function asksForExternalId({ conditions }: PolicyStatement): boolean {
  return conditions.some(
    ({ key, operator, values }) =>
      key.toLowerCase() === 'sts:externalid' &&
      /^(?:ForAnyValue:)?String(?:Equals|EqualsIgnoreCase|Like)$/i.test(operator) &&
      !values.some((value) => /[*?]/.test(value) && /like$/i.test(operator)),
  );
}

/** Lines of the text that hold what is looked for, from 1; the first line where nothing is found: people write JSON as they like. */
function lineOf(text: string, fragment: RegExp, after = 0): number {
  const lines = text.split('\n');
  const index = lines.findIndex((line, at) => at >= after && fragment.test(line));
  return index < 0 ? 1 : index + 1;
}

function quoted(text: string): RegExp {
  return new RegExp(`"${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}"`, 'i');
}

/**
 * What somebody should look at in a trust policy before it is used (aws-reference §2, “Operator lint”). Pure; nothing for
 * a text that is no trust policy.
 */
export function lintTrust(text: string): readonly TrustFinding[] {
  const read = parsePolicyDocument(text, 'trust');
  if (!read.ok) return [];
  const found: TrustFinding[] = [];
  const tell = (id: string, line: number, severity: TrustFinding['severity'], message: string) => {
    if (!found.some((one) => one.id === id && one.line === line)) found.push({ id, line, severity, message });
  };
  const allows = read.document.statements.filter(({ effect }) => effect === 'Allow');
  const fromAccounts = allows.filter(
    ({ principals }) => principals !== undefined && (principals.values.everyone || principals.values.aws.length > 0),
  );

  for (const { principals, conditions } of allows) {
    if (principals?.values.everyone === true) {
      tell('anyone', lineOf(text, /"\*"/), 'danger', 'Anybody with an AWS account may try to enter.');
    }
    for (const name of principals?.values.aws ?? []) {
      if (!/^A(?:ROA|IDA)[A-Z0-9]+$/.test(name)) continue;
      tell(
        'deleted-identity',
        lineOf(text, quoted(name)),
        'warning',
        `${name} is how IAM shows an identity that was deleted.`,
      );
    }
    for (const { key, operator, values } of conditions) {
      const line = lineOf(text, quoted(operator));
      if (/ifexists$/i.test(operator)) {
        tell('if-exists', line, 'warning', `${operator} lets everybody pass who does not send ${key} at all.`);
      } else if (/Not(?:Equals|Like|IpAddress)|^NotIp/i.test(operator)) {
        tell('negated', line, 'warning', `${operator} lets everybody pass who does not send ${key} at all.`);
      } else if (/like$/i.test(operator) && key.toLowerCase() === 'sts:externalid' && /[*?]/.test(values.join(''))) {
        tell('external-id-pattern', line, 'warning', 'A pattern lets more than one external ID pass.');
      }
      if (!/^IpAddress/i.test(operator)) continue;
      for (const range of values) {
        const at = lineOf(text, quoted(range));
        if (prefixOfRange(range) === 0) tell('every-address', at, 'warning', `${range} is every address.`);
        else if (isPrivateRange(range)) {
          tell(
            'private-address',
            at,
            'warning',
            `${range} is a private range: AWS never sees it, it sees your public address.`,
          );
        }
      }
    }
  }
  const bare = fromAccounts.filter((statement) => !asksForExternalId(statement));
  const [first] = bare;
  if (first !== undefined) {
    tell(
      'no-external-id',
      lineOf(text, /"sts:AssumeRole"|"sts:\*"/),
      'warning',
      bare.length < fromAccounts.length
        ? 'Another statement lets the same or other accounts in without an external ID.'
        : 'No external ID is asked for. It stops a confused deputy.',
    );
  }
  return found;
}
