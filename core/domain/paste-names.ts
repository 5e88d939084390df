import { formatAccountId, isAccountAlias } from './account-id';
import { trimEndOf, type Span } from './paste-text';
import { splitRolePath } from './paste-urls';
import { wrong, type Wrong } from './role-reference-wrong';

/** A role known by its name, and whatever is said of its account beside it. */
type NamedRole = {
  readonly kind: 'named';
  readonly roleName: string;
  readonly path: string;
  readonly accountId?: string;
  readonly accountAlias?: string;
  readonly kept: readonly Span[];
};

type Found = { readonly value: string; readonly span: Span };

/** “Role name:” in the languages of AWS's console and some more, also as a key of JSON, YAML and programs. */
const roleLabel =
  /(?:roll?e[nr]?|rol|r\u00f4le|ruolo|papel|fun\u00e7\u00e3o|\u0440\u043e\u043b[\u044c\u0438]|\u30ed\u30fc\u30eb|\u89d2\u8272|\uc5ed\ud560)(?:[ _-]?(?:name|naam|nom|nome|nombre|\u540d\u79f0|\u540d\u524d|\u540d|\uc774\ub984))?["'`*_]*\s{0,9}[:=|\uff1a]\s{0,9}["'`*_\u2018-\u201f\u00ab]*/giu;
const name = /^(?:\/?[A-Za-z0-9_+=,.@-]+)(?:\/[A-Za-z0-9_+=,.@-]+)*/;
const externalId =
  /(?:external|externe|extern|externo|esterno)[ _-]?id["'`*_]*\s{0,9}[:=|\uff1a]?\s{0,9}["'`*_]*[\w+=,.@:/-]{2,}|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi;
const alias = /\balias["'`*_]*\s{0,9}[:=|]?\s{0,9}["'`*_]*([a-z0-9-]{3,63})(?![\w-])/i;
const address = /(?:https?:\/\/|www\.)\S+/gi;

/** Words that stand around a name and are not it. */
const fillers = new Set(
  (
    'iam aws target role account name id alias number arn in is of and the use using please take assume with from for on to my our your this that it s called named via under at ' +
    'konto kontonummer rolle rollenname im mit und der die das cuenta rol en la el de del compte le du ruolo nel conto conta na no papel \u7684'
  ).split(' '),
);

/** The same text with some stretches blanked out: what stands where stays the same. */
function blank(text: string, pattern: RegExp): string {
  return text.replace(pattern, (found) => ' '.repeat(found.length));
}

/** Account IDs that stand by themselves, in one piece or in groups of four, first mention each. */
function accountIds(text: string): readonly Found[] {
  const found = new Map<string, Found>();
  // Of four groups in a row the first belongs to a name before them: “a=1111 2222 3333 4444”. Six are two accounts.
  const pattern =
    /(?<![A-Za-z0-9_+=.-])([0-9]{4})([- .\u2013]?)([0-9]{4})\2([0-9]{4})(?![A-Za-z0-9_+=-]|\.[0-9]|\2[0-9]{4}(?![\w+=,.@-]|\2[0-9]{4}))/g;
  // “account=222233334444” is a label, “Name=222233334444” might be a role's name: the sign before is read as a label.
  for (const match of text.replaceAll('=', ' ').matchAll(pattern)) {
    const value = `${match[1] ?? ''}${match[3] ?? ''}${match[4] ?? ''}`;
    if (found.has(value)) continue;
    found.set(value, { value, span: { start: match.index, end: match.index + match[0].length } });
  }
  return [...found.values()];
}

/** The account meant: the only one, or the only one besides the caller's own. */
function accountOf(text: string, callerAccountId: string | undefined): Found | undefined {
  const all = accountIds(text);
  const others = all.filter((found) => found.value !== callerAccountId);
  return others.length === 0 ? all[0] : others.length === 1 ? others[0] : undefined;
}

/** A name after a label that says so, anywhere in any text: “Rolle: Deploy”, `"RoleName": "Deploy"`. */
export function readLabelledName(text: string, callerAccountId?: string): NamedRole | undefined {
  const plain = blank(blank(text, address), externalId);
  const account = accountOf(plain, callerAccountId);
  for (const label of plain.matchAll(roleLabel)) {
    const before = plain.charAt(label.index - 1);
    // “Kontrolle:” and “payrole:” are other words; “targetRole:” is not.
    if (/\p{Ll}/u.test(before) && !/^\p{Lu}/u.test(label[0])) continue;
    const start = label.index + label[0].length;
    const rest = plain.slice(start, start + 640);
    const value = trimEndOf(name.exec(rest)?.[0] ?? '', '.,');
    if (value === '' || /^[:(]/.test(rest.slice(value.length))) continue;
    if (account !== undefined && start <= account.span.start && account.span.start < start + value.length) continue;
    const role = splitRolePath(value.replace(/^\/?role\//, '/'));
    if (role === undefined || !/[A-Za-z]/.test(role.roleName) || fillers.has(role.roleName.toLowerCase())) continue;
    return put(role, account, plain, { start, end: start + value.length });
  }
  return undefined;
}

function put(
  role: { readonly path: string; readonly roleName: string },
  account: Found | undefined,
  text: string,
  span: Span,
): NamedRole {
  const said = alias.exec(text)?.[1] ?? '';
  const accountAlias = account === undefined && said !== role.roleName && isAccountAlias(said) ? said : undefined;
  return {
    kind: 'named',
    ...role,
    ...(account === undefined ? {} : { accountId: account.value }),
    ...(accountAlias === undefined ? {} : { accountAlias }),
    kept: account === undefined ? [span] : [account.span, span],
  };
}

function words(text: string): readonly Found[] {
  const list: Found[] = [];
  for (const match of text.matchAll(/[^\s"'`\u2018-\u201f\u00ab\u00bb<>()[\]{}|;:#\u2192\u2014\u2013]+/g)) {
    const lead = /^[,.!=*]*(?:\/?role\/(?=.))?/.exec(match[0])?.[0] ?? '';
    const value = trimEndOf(match[0].slice(lead.length), '.,!?=*\u3002\uff0c');
    if (value === '' || /^[-/@_+]+$/.test(value)) continue;
    if (!lead.includes('role/') && fillers.has(value.toLowerCase())) continue;
    if (/^[a-z]{2}(?:-[a-z]+)+-[0-9]$/.test(value)) continue;
    const start = match.index + lead.length;
    list.push({ value, span: { start, end: start + value.length } });
  }
  return list;
}

/** A short text that is nothing but a name, an account ID, or both, in any order and with whatever between them. */
export function readBareName(text: string, callerAccountId?: string): NamedRole | Wrong | undefined {
  const withoutExternalId = blank(text, externalId);
  if (withoutExternalId !== text && words(withoutExternalId).length === 0) {
    return wrong(
      'external-id',
      'That is an external ID: the word that the role’s trust policy asks for. The role itself is needed here.',
    );
  }
  const account = accountOf(withoutExternalId, callerAccountId);
  const rest =
    account === undefined
      ? withoutExternalId
      : `${withoutExternalId.slice(0, account.span.start)}${' '.repeat(account.span.end - account.span.start)}${withoutExternalId.slice(account.span.end)}`;
  // What joined the two: `222233334444/Deploy`, `Deploy@222233334444`, `Deploy,222233334444`.
  const joints = rest.replaceAll(/(?<=\s)[@/,_-](?=\S)(?!\S*\/)|(?<=\S)[@/,](?=\s)/g, ' ');
  const list = words(joints);
  const [only, second] = list;
  const miscounted = account === undefined ? miscountedAccount(text) : undefined;
  if (miscounted !== undefined && list.length <= 2) return miscounted;
  if (only === undefined) {
    return account === undefined
      ? undefined
      : wrong(
          'account-id',
          `${formatAccountId(account.value)} is an account ID. The role’s name or ARN is needed too.`,
        );
  }
  if (second !== undefined) return undefined;
  if (/^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test(only.value)) {
    return wrong('email-address', 'That looks like an e-mail address, not like a role.');
  }
  if (/\balias\b/i.test(text) && isAccountAlias(only.value)) {
    return wrong(
      'account-alias',
      `“${only.value}” is the alias of an account. The role’s ARN is needed; it has the account’s twelve digits.`,
    );
  }
  if (/^(?:www\.|https?)/i.test(only.value)) return undefined;
  const role = splitRolePath(only.value);
  if (role !== undefined && /[A-Za-z]/.test(role.roleName)) return put(role, account, '', only.span);
  const last = only.value.slice(only.value.lastIndexOf('/') + 1);
  return last.length > 64 && last.length <= 256 && /^[\w+=,.@-]+$/.test(last)
    ? wrong('bad-role-name', `A role’s name has at most 64 characters; this has ${String(last.length)}.`)
    : undefined;
}

/** Ten to fourteen digits by themselves, but not twelve. */
function miscountedAccount(text: string): Wrong | undefined {
  const found =
    /(?<![\w.+=-])(?:[0-9]{10,11}|[0-9]{13,14}|[0-9]{4}[- ][0-9]{4}[- ](?:[0-9]{2,3}|[0-9]{5,6}))(?![\w+=-])/.exec(
      text,
    );
  if (found === null) return undefined;
  const digits = found[0].replaceAll(/[^0-9]/g, '').length;
  return wrong('account-id', `An account ID has twelve digits; this has ${String(digits)}.`);
}
