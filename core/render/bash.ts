import type { Plan } from '../domain/plan';
import { accountParts, baseName, type AccountPart } from './account-parts';
import { callsOf, type AwsCall, type StepCalls } from './aws-calls';
import { bashBucketPolicy, bashEach, bashFunctions, bashKey } from './bash-functions';
import { quoteBash } from './quote-bash';
import type { RenderedFile, Rendering } from './rendering';
import { scriptNotes } from './script-notes';

/** One script for each account, with the calls of the AWS CLI. It can be run again, and takes back its own with `--undo`. */
export function renderBash(plan: Plan): Rendering {
  return {
    files: accountParts(plan).map((part) => {
      const name = `${baseName(plan, part.accountId)}.sh`;
      return {
        name,
        accountId: part.accountId,
        text: script(plan, part, name),
        commands: [`bash ${name}`, `bash ${name} --undo`],
      };
    }),
    notes: scriptNotes(plan, '~/.aws or AWS_PROFILE', 'KEY_FILE'),
  };
}

/** For each account a script that does nothing but take back: it belongs to a receipt, where nobody means to make things. */
export function renderBashUndo(plan: Plan): readonly RenderedFile[] {
  return accountParts(plan).map((part) => {
    const name = `${baseName(plan, part.accountId)}-undo.sh`;
    const steps = part.steps.map((step) => callsOf(step, part));
    return {
      name,
      accountId: part.accountId,
      text: `#!/usr/bin/env bash
# Made with Sallyport for account ${part.accountId}. Needs the AWS CLI, with credentials of that account.
#   bash ${name}   takes back what was made, the newest first; only what carries its tag
${prelude(plan, part, steps)}
${undoAll(steps)}

mode=undo
${bashAsk}
${takeBack}`,
      commands: [`bash ${name}`],
    };
  });
}

function script(plan: Plan, part: AccountPart, name: string): string {
  const steps = part.steps.map((step) => callsOf(step, part));
  return `#!/usr/bin/env bash
# Made with Sallyport for account ${part.accountId}. Needs the AWS CLI, with credentials of that account.
#   bash ${name}          makes what is missing; it can be run again at any time
#   bash ${name} --undo   takes back what it made, the newest first
${prelude(plan, part, steps)}
make_all() {
${steps.map(makeStep).join('\n')}
}

${undoAll(steps)}

case "\${1:-}" in
  '') ;;
  --undo) mode=undo ;;
  *) stop "Only --undo can be said, not $1." ;;
esac

${bashAsk}
${takeBack}mode=look
make_all
mode=make
make_all
${part.isTarget ? `say ${quoteBash(`Role: ${plan.roleArn}`)}\n` : ''}say "To take it back: bash $0 --undo"
`;
}

function prelude(plan: Plan, part: AccountPart, steps: readonly StepCalls[]): string {
  const hasKey = steps.some(({ makes }) => makes === 'key');
  return `set -euo pipefail

readonly account=${quoteBash(part.accountId)} onboarding=${quoteBash(plan.onboardingId)} region=${quoteBash(part.region)}
${hasKey ? `readonly key_file="\${KEY_FILE:-$HOME/${baseName(plan, part.accountId)}-access-key.json}"\n` : ''}${bashFunctions}${
    steps.some(({ undoEach }) => undoEach !== undefined) ? bashEach : ''
  }${hasKey ? bashKey : ''}${steps.some(({ makes }) => makes === 'policy') ? bashBucketPolicy : ''}`;
}

function undoAll(steps: readonly StepCalls[]): string {
  return `undo_all() {
${[...steps].reverse().flatMap(undoStep).join('\n')}
}`;
}

/** Stops in another account, before anything was changed. */
export const bashAsk = `found=$(aws sts get-caller-identity --query Account --output text)
if [[ $found != "$account" ]]; then
  stop "These credentials belong to account $found, and this script is for account $account. Nothing was changed."
fi
`;

const takeBack = `if [[ $mode == undo ]]; then
  undo_all
  if ((left)); then stop 'Something stays; the lines above say what and why.'; fi
  say 'Everything that was made is taken back.'
  exit 0
fi
`;

function makeStep(step: StepCalls): string {
  const calls = step.make.map(words);
  const lines = (() => {
    switch (step.makes) {
      case 'object':
        return [`  if absent ${ownerWords(step)}; then`, ...calls.map((call) => `    call ${call}`), '  fi'];
      case 'key':
        return [
          `  if missing ${unlessWords(step)}; then`,
          ...step.make.map((call) => `    new_key ${request(call)}`),
          '  fi',
        ];
      case 'policy':
        return step.make.map((call) => `  put_policy ${request(call)} ${quoteBash(call.document?.text ?? '')}`);
      case 'part':
        return step.unless === undefined
          ? calls.map((call) => `  call ${call}`)
          : [`  if missing ${unlessWords(step)}; then`, ...calls.map((call) => `    call ${call}`), '  fi'];
    }
  })();
  return [`  step ${quoteBash(step.title)}`, ...lines].join('\n');
}

/** Settings of a bucket go with the bucket. */
function undoStep(step: StepCalls): readonly string[] {
  if (step.undo.length === 0 && step.undoEach === undefined) return [];
  const title = `  step ${quoteBash(step.title)}`;
  if (step.makes === 'policy') {
    return [
      title,
      ...step.make.map((call) => `  take_policy ${request(call)} ${quoteBash(call.document?.text ?? '')}`),
    ];
  }
  const { undoEach } = step;
  return [
    title,
    `  if ours ${ownerWords(step)}; then`,
    ...(undoEach === undefined
      ? []
      : [`    each ${quoteBash(undoEach.query)} ${undoEach.operation} ${undoEach.option} ${words(undoEach.list)}`]),
    ...step.undo.map((call) => `    call ${words(call)}`),
    '  fi',
  ];
}

function ownerWords({ owner: { by, look } }: StepCalls): string {
  return `${by.kind === 'tagged' ? `tagged ${by.query}` : `at ${quoteBash(by.path)}`} ${words(look)}`;
}

function unlessWords({ unless }: StepCalls): string {
  return unless === undefined ? '' : `${quoteBash(unless.query)} ${words(unless.look)}`;
}

function request(call: AwsCall): string {
  return quoteBash(JSON.stringify(call.request));
}

function words(call: AwsCall): string {
  const { document } = call;
  const base = `${call.service} ${call.operation} ${request(call)}`;
  return document === undefined ? base : `${base} ${document.option} ${quoteBash(document.text)}`;
}
