import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountParts } from '../../../core/render/account-parts';
import { callsOf, type AwsCall } from '../../../core/render/aws-calls';
import { quoteBash } from '../../../core/render/quote-bash';
import { renderPlan } from '../../../core/render/render-plan';
import { hostilePlan, hostileText } from './plans';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-bash-'));
  // Stands for the AWS CLI: it writes down what it is asked, says that nothing is there, and that whatever is made is made.
  const program = `#!/bin/sh
if [ "$2" = get-caller-identity ]; then echo "$ACCOUNT"; exit 0; fi
service=$1 operation=$2 option= document=/dev/null
shift 2
while [ $# -gt 0 ]; do
  case $2 in
    file://*/request.json) request=\${2#file://} ;;
    file://*/document.json) option=$1 document=\${2#file://} ;;
  esac
  shift 2
done
{ printf '%s\\0%s\\0' "$service" "$operation"; cat "$request"; printf '\\0%s\\0' "$option"; cat "$document"; printf '\\0'; } >>"$LOG"
case $operation in get-*|list-*) echo 'An error occurred (NoSuchEntity) when calling it: none' >&2; exit 254 ;; esac
echo '{}'
`;
  writeFileSync(join(folder, 'aws'), program);
  chmodSync(join(folder, 'aws'), 0o755);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(text: string, environment: Readonly<Record<string, string>> = {}) {
  const inside = mkdtempSync(join(folder, 'run-'));
  writeFileSync(join(inside, 'script.sh'), text);
  const { status, stderr, stdout } = spawnSync('bash', ['script.sh'], {
    cwd: inside,
    encoding: 'utf8',
    env: { PATH: `${folder}:${process.env['PATH'] ?? ''}`, HOME: inside, LC_ALL: 'C.UTF-8', ...environment },
  });
  return { status, stderr, stdout, left: readdirSync(inside) };
}

describe('S-26 a text as a word of bash', () => {
  it('is that text and nothing else, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(hostileText(), { minLength: 20, maxLength: 40 }), (texts) => {
        const { left, status, stderr, stdout } = run(`printf '%s\\0' ${texts.map(quoteBash).join(' ')}\n`);
        expect({ status, stderr, left }).toEqual({ status: 0, stderr: '', left: ['script.sh'] });
        expect(stdout.split('\0').slice(0, -1)).toEqual(texts);
      }),
      { numRuns: 15 },
    );
  });
});

/** What the script asked for, questions left out. */
function askedBy(accountId: string, text: string): readonly AwsCall[] {
  const log = join(mkdtempSync(join(folder, 'log-')), 'asked');
  const { left, status, stderr } = run(text, { LOG: log, ACCOUNT: accountId });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(left.filter((name) => name !== 'script.sh' && !name.endsWith('-access-key.json'))).toEqual([]);
  const words = readFileSync(log, 'utf8').split('\0').slice(0, -1);
  const calls = Array.from({ length: words.length / 5 }, (_, index) => words.slice(index * 5, index * 5 + 5));
  return calls
    .filter(([, operation = '']) => !/^(get|list)-/.test(operation))
    .map(([service, operation = '', request = '', option = '', document = '']) => ({
      service: service === 'iam' ? 'iam' : 's3api',
      operation,
      request: JSON.parse(request) as AwsCall['request'],
      ...(option === '' ? {} : { document: { option, text: document } }),
    }));
}

describe('the bash script', () => {
  it('S-26 asks for exactly what the plan says, with the plan’s own documents', () => {
    fc.assert(
      fc.property(hostilePlan, (plan) => {
        const { files } = renderPlan(plan, 'bash');
        accountParts(plan).forEach((part, index) => {
          const expected = part.steps.flatMap((step) => callsOf(step, part).make);
          expect(askedBy(part.accountId, files[index]?.text ?? '')).toEqual(expected);
        });
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it('changes nothing with credentials of another account', () => {
    fc.assert(
      fc.property(hostilePlan, (plan) => {
        const [file] = renderPlan(plan, 'bash').files;
        const { status, stderr } = run(file?.text ?? '', { LOG: join(folder, 'never'), ACCOUNT: '999999999999' });
        expect(status).toBe(1);
        expect(stderr).toContain('belong to account 999999999999');
        expect(readdirSync(folder)).not.toContain('never');
      }),
      { numRuns: 3 },
    );
  });
});
