import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSecret } from '../../../core/domain/paste-secrets';
import { revocationWays } from '../../../core/domain/revocation-ways';
import {
  cutoffMark,
  revocationActs,
  whyNoRevocationScript,
  type RevocationAct,
  type RevocationActs,
  type RevocationGround,
} from '../../../core/render/revocation-acts';
import { revocationClicks } from '../../../core/render/revocation-clicks';
import { revocationScripts } from '../../../core/render/revocation-script';
import { linkAddress, mayOpen } from '../../../main/security/external-links';
import { hostileGround, managementAccount, sourceAccount, targetAccount } from './revocation-grounds';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-revoke-'));
  // Stands for the AWS CLI: everything is there once, AWS's clock is a day ahead, and what is asked is written down.
  writeFileSync(
    join(folder, 'aws'),
    `#!/bin/sh
service=$1 operation=$2 option= document=/dev/null request=/dev/null more=
case "$*" in *--debug*) echo "DEBUG Response headers: {'X-Amz-Date': 'no', 'Date': '$AWS_SAYS'}" >&2 ;; esac
case $operation in get-caller-identity) echo "$ACCOUNT"; exit 0 ;; wait) echo "wait $3 $5" >>"$LOG.names"; exit 0 ;; esac
shift 2
for word in "$@"; do
  case $word in
    file://*/request.json) request=\${word#file://} ;;
    file://*/document.json) option=$before document=\${word#file://} ;;
    --policy-name=*|--policy-arn=*|--policy-id=*|--instance-profile-name=*) more=$word ;;
  esac
  before=$word
done
{ printf '%s\\0%s\\0' "$service" "$operation"; cat "$request"; printf '\\0%s\\0' "$option"; cat "$document"; printf '\\0%s\\0' "$more"; } >>"$LOG"
if [ -n "$FAIL" ] && [ "$operation" = "$FAIL" ]; then echo "An error occurred ($WITH) when calling it: Stack x does not exist" >&2; exit 254; fi
case $operation in
  list-policies) [ -n "$SCP" ] && echo "=$SCP" ;;
  create-policy) echo p-made ;;
  list-*) printf '=one\\t=None\\n=-two\\n' ;;
  describe-organization) echo 333344445555 ;;
  describe-stack-resources) printf '=Else\\t=%s\\n' "$STACK_ROLE" ;;
  get-role) echo AROA ;;
esac
exit 0
`,
  );
  chmodSync(join(folder, 'aws'), 0o755);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const awsSays = 'Mon, 23 Nov 2026 15:00:00 GMT';

function run(text: string, environment: Readonly<Record<string, string>>, ...words: readonly string[]) {
  const inside = mkdtempSync(join(folder, 'run-'));
  const log = join(mkdtempSync(join(folder, 'log-')), 'asked');
  writeFileSync(log, '');
  writeFileSync(join(inside, 'script.sh'), text);
  const { status, stderr, stdout } = spawnSync('bash', ['script.sh', ...words], {
    cwd: inside,
    encoding: 'utf8',
    env: {
      ...{ PATH: `${folder}:${process.env['PATH'] ?? ''}`, HOME: inside, LC_ALL: 'C.UTF-8', LOG: log },
      ...{ AWS_SAYS: awsSays, SCP: '', FAIL: '', WITH: '', STACK_ROLE: '' },
      ...environment,
    },
  });
  const parts = readFileSync(log, 'utf8').split('\0').slice(0, -1);
  const asked = Array.from({ length: parts.length / 6 }, (_, index) => {
    const [service = '', operation = '', request = '', option = '', document = '', more = ''] = parts.slice(index * 6);
    return {
      service,
      operation,
      request: request === '' ? {} : (JSON.parse(request) as unknown),
      option,
      document,
      more,
    };
  });
  const changes = asked.filter(({ operation }) => !/^(get|list|describe)-/.test(operation));
  return { status, stderr, stdout, asked, changes, left: readdirSync(inside) };
}

function actsOf(ground: RevocationGround): RevocationActs {
  const acts = revocationActs(ground);
  if (typeof acts === 'string') throw new Error(acts);
  return acts;
}

const change = (operation: string, request: unknown, more = '', service = 'iam', option = '', document = '') => ({
  ...{ service, operation, request, option, document, more },
});

/** What has to be asked for an act, where the double says that everything is there once. */
function expected(act: RevocationAct, { role }: RevocationActs): readonly ReturnType<typeof change>[] {
  const name = { RoleName: role.roleName };
  const each = (operation: string, option: string) =>
    ['one', 'None', '-two'].map((one) => change(operation, name, `${option}=${one}`));
  const emptied = [...each('delete-role-policy', '--policy-name'), ...each('detach-role-policy', '--policy-arn')];
  switch (act.kind) {
    case 'change':
    case 'deny-older': {
      const { document, operation, request, service } = act.call;
      const text = (document?.text ?? '').replace(cutoffMark, '2026-11-23T15:00:30.000Z');
      return [change(operation, request, '', service, document?.option ?? '', text)];
    }
    case 'detach':
      return emptied;
    case 'delete-role':
      return [
        ...each('remove-role-from-instance-profile', '--instance-profile-name'),
        ...emptied,
        change('delete-role', name),
      ];
    case 'scp':
      return [
        change('create-policy', act.make.request, '', 'organizations', '--content', act.make.document?.text ?? ''),
        change('attach-policy', { TargetId: act.accountId }, '--policy-id=p-made', 'organizations'),
      ];
    case 'stack':
      return [change('delete-stack', { StackName: act.name }, '', 'cloudformation')];
  }
}

const groundOf = (way: RevocationGround['way'], patch: Partial<RevocationGround> = {}): RevocationGround => ({
  roleArn: `arn:aws:iam::${targetAccount}:role/deploy/TidewaterDeploy`,
  way,
  region: 'eu-west-1',
  stack: { name: 'Tidewater-Deploy', region: 'eu-central-1' },
  caller: { accountId: sourceAccount, kind: 'user', name: 'deployer' },
  managementAccountId: managementAccount,
  ...patch,
});
const bashOf = (ground: RevocationGround): string => revocationScripts(ground)?.bash.text ?? '';
const environmentOf = (ground: RevocationGround): Record<string, string> => {
  const { accountId, role } = actsOf(ground);
  return { ACCOUNT: accountId ?? managementAccount, STACK_ROLE: role.roleName };
};

describe('the bash script that takes a role back', () => {
  it.each(revocationWays)('%s: asks for exactly what the app would, with the app’s own policies', (way) => {
    const ground = groundOf(way);
    const acts = actsOf(ground);
    const done = run(bashOf(ground), environmentOf(ground));
    expect(done).toMatchObject({ status: 0, stderr: '' });
    expect(done.changes).toEqual(acts.acts.flatMap((act) => expected(act, acts)));
    for (const { title } of acts.acts) expect(done.stdout).toContain(way === 'detach-permissions' ? 'Deleted' : title);
    expect(done.stdout).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}Done\.$/m);
    if (acts.later.length === 0) return;
    const later = run(bashOf(ground), environmentOf(ground), '--delete');
    expect(later.changes).toEqual(acts.later.flatMap((act) => expected(act, acts)));
  });

  it('S-26 whatever the role is called, no name breaks out', () => {
    fc.assert(
      fc.property(hostileGround, (ground) => {
        const acts = actsOf(ground);
        const done = run(bashOf(ground), environmentOf(ground));
        expect(done).toMatchObject({ status: 0, stderr: '' });
        expect(done.changes).toEqual(acts.acts.flatMap((act) => expected(act, acts)));
        expect(done.left.filter((name) => name !== 'script.sh' && !name.endsWith('-before'))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('changes nothing with credentials of another account', () => {
    for (const way of revocationWays) {
      const done = run(bashOf(groundOf(way)), { ...environmentOf(groundOf(way)), ACCOUNT: '999999999999' });
      expect(done).toMatchObject({ status: 1, asked: [], left: ['script.sh'] });
      expect(done.stderr).toContain('belong to account 999999999999');
    }
  });

  it('what is gone already is no failure, what is refused is said and stops it', () => {
    const close = groundOf('quarantine');
    const gone = run(bashOf(close), { ...environmentOf(close), FAIL: 'get-role', WITH: 'NoSuchEntity' });
    expect(gone).toMatchObject({ status: 0, changes: [] });
    expect(gone.stdout).toContain('gone already');
    const refused = run(bashOf(close), {
      ...environmentOf(close),
      FAIL: 'update-assume-role-policy',
      WITH: 'AccessDenied',
    });
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('AWS refused');
    expect(refused.changes).toHaveLength(1);
    const raced = groundOf('delete-role');
    const conflict = run(bashOf(raced), { ...environmentOf(raced), FAIL: 'delete-role', WITH: 'DeleteConflict' });
    expect(conflict.status).toBe(1);
    expect(conflict.changes.filter(({ operation }) => operation === 'delete-role')).toHaveLength(3);
  });

  it('the organization’s policy is made once', () => {
    const ground = groundOf('scp');
    const done = run(bashOf(ground), { ...environmentOf(ground), SCP: 'p-there' });
    expect(done.changes.map(({ more, operation }) => [operation, more])).toEqual([
      ['attach-policy', '--policy-id=p-there'],
    ]);
    const twice = {
      ...environmentOf(ground),
      SCP: 'p-there',
      FAIL: 'attach-policy',
      WITH: 'DuplicatePolicyAttachmentException',
    };
    expect(run(bashOf(ground), twice)).toMatchObject({ status: 0, stderr: '' });
  });

  it('the organization says which account is its management account, and whether the role’s is a member', () => {
    const { managementAccountId: _known, ...ground } = groundOf('scp');
    const done = run(bashOf(ground), environmentOf(ground));
    expect(done).toMatchObject({ status: 0, stderr: '' });
    expect(done.asked[1]).toMatchObject({ operation: 'describe-account', request: { AccountId: targetAccount } });
    const member = run(bashOf(ground), { ...environmentOf(ground), ACCOUNT: targetAccount });
    expect(member).toMatchObject({ status: 1, changes: [] });
    expect(member.stderr).toContain('this script is for account 333344445555');
    const other = { ...environmentOf(ground), FAIL: 'describe-account', WITH: 'AccountNotFoundException' };
    expect(run(bashOf(ground), other)).toMatchObject({ status: 1, changes: [] });
    expect(run(bashOf(ground), { ...environmentOf(ground), FAIL: 'describe-organization', WITH: 'X' }).changes).toEqual(
      [],
    );
  });

  it('only a stack that has the role is deleted', () => {
    const ground = groundOf('delete-stack');
    const other = run(bashOf(ground), { ...environmentOf(ground), STACK_ROLE: 'TidewaterDeploy2' });
    expect(other).toMatchObject({ status: 1, changes: [] });
    const gone = run(bashOf(ground), {
      ...environmentOf(ground),
      FAIL: 'describe-stack-resources',
      WITH: 'ValidationError',
    });
    expect(gone).toMatchObject({ status: 0, changes: [] });
  });

  it('takes this computer’s time where AWS does not tell its own, and says so', () => {
    const ground = groundOf('deny-older-sessions');
    const done = run(bashOf(ground), { ...environmentOf(ground), AWS_SAYS: '' });
    expect(done).toMatchObject({ status: 0, stderr: '' });
    expect(done.stdout).toContain('of this computer');
    expect(done.changes[0]?.document).toMatch(/"aws:TokenIssueTime": "20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z"/);
  });
});

describe('what cannot be written down', () => {
  it.each([
    ['close-trust', { roleArn: `arn:aws:iam::${targetAccount}:user/x` }, 'not the ARN of a role'],
    ['scp', { managementAccountId: '$(id)' }, 'in which account'],
    ['caller', { caller: undefined }, 'in which account'],
    ['caller', { caller: { accountId: sourceAccount, kind: 'user', name: 'a b' } }, 'whose right'],
    ['delete-stack', { stack: undefined }, 'which stack'],
    ['delete-stack', { stack: { name: 'a;b', region: 'eu-west-1' } }, 'which stack'],
    ['quarantine', { region: '$(id)' }, 'which Region'],
  ] as const)('%s without what it needs', (way, patch, words) => {
    const ground = { ...groundOf(way), ...patch } as RevocationGround;
    expect(whyNoRevocationScript(ground)).toContain(words);
    expect(revocationScripts(ground)).toBeUndefined();
    expect(revocationClicks(ground)).toEqual([]);
  });
});

describe('the same as clicks', () => {
  it('every policy is there to be copied, every page is one that Sallyport opens', () => {
    fc.assert(
      fc.property(hostileGround, (ground) => {
        const { acts, later, role } = actsOf(ground);
        const clicks = revocationClicks(ground);
        const copies = clicks.flatMap((click) => click.copies.map(({ value }) => value));
        for (const act of [...acts, ...later]) {
          const document =
            act.kind === 'change' ? act.call.document : act.kind === 'scp' ? act.make.document : undefined;
          if (document !== undefined) expect(copies).toContain(document.text);
        }
        expect(new Set(clicks.map(({ id }) => id)).size).toBe(clicks.length);
        // what is copied from the window may not look like a credential
        if (ground.way !== 'scp' && ground.way !== 'caller') {
          for (const copy of copies) expect(findSecret(copy)).toBeUndefined();
        }
        for (const { address, linkId, roleName } of clicks) {
          if (address !== undefined && ground.way !== 'delete-stack') expect(mayOpen(address)).toBe(true);
          if (linkId === undefined) continue;
          const details = { partition: role.partition, ...(roleName === undefined ? {} : { roleName }) };
          expect(linkAddress(linkId, details).ok).toBe(true);
        }
      }),
    );
  });
});
