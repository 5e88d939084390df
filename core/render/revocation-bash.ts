import { bashAsk } from './bash';
import { bashCalls } from './bash-functions';
import { quoteBash } from './quote-bash';
import {
  cutoffMark,
  type RevocationAct,
  type RevocationActs,
  type RevocationCall,
  type RevocationFile,
} from './revocation-acts';

/** The way as a script for bash and the AWS CLI. It can be run again; what is gone already is no failure. */
export function revocationBash(ground: RevocationActs): RevocationFile {
  const { accountId, acts, baseName, isOnRole, keepsAll, later, region, role, whose } = ground;
  const name = `${baseName}.sh`;
  const getRole = quoteBash(JSON.stringify({ RoleName: role.roleName }));
  const text = `#!/usr/bin/env bash
# Made with Sallyport: takes a role of account ${role.accountId} back. Needs the AWS CLI, with credentials of ${whose}.
#   bash ${name}${later.length === 0 ? '   can be run again at any time' : '            shuts both doors; can be run again at any time'}
${later.length === 0 ? '' : `#   bash ${name} --delete   deletes the role; when AWS was seen to refuse\n`}set -euo pipefail

${accountId === undefined ? '' : `readonly account=${quoteBash(accountId)}\n`}readonly region=${quoteBash(region)} role=${getRole}
readonly kept="$PWD/${baseName}-before"
${bashCalls}${functions}${[...acts, ...later].some(({ kind }) => kind === 'deny-older') ? clock : ''}
delete=0
case "\${1:-}" in
  '') ;;
${later.length === 0 ? '' : '  --delete) delete=1 ;;\n'}  *) stop "$1 cannot be said here." ;;
esac

${accountId === undefined ? findManagement : ''}${bashAsk}${accountId === undefined ? findMember(role.accountId) : ''}${isOnRole ? lookAtRole : ''}${keepsAll ? 'keep_all\n' : ''}
${later.length === 0 ? lines(acts) : `if ((delete)); then\n${lines(later)}\nelse\n${lines(acts)}\nfi`}
say "$(now)  Done."
${later.length === 0 ? '' : `if ((!delete)); then say "Let whoever asked for it see that AWS refuses. Then: bash $0 --delete"; fi\n`}`;
  return {
    name,
    text,
    commands: [`bash ${name}`, ...(later.length === 0 ? [] : [`bash ${name} --delete`])],
  };
}

/** Whoever asks: the account that the credentials have to be of. */
const findManagement = `step 'The organization'
run organizations describe-organization '{}' --query Organization.MasterAccountId --output text >"$work/answer" 2>"$work/error" || refused
account=$(<"$work/answer")
`;

/** A management account of another organization knows no such account. */
const findMember = (accountId: string) => `run organizations describe-account ${quoteBash(
  JSON.stringify({ AccountId: accountId }),
)} >/dev/null 2>"$work/error" || refused
`;

const lookAtRole = `step 'The role'
if ! look Role.RoleId iam get-role "$role"; then
  say "$(now)  The role is gone already. There is nothing left to do."
  exit 0
fi
keep role.json iam get-role "$role"
`;

function lines(acts: readonly RevocationAct[]): string {
  return acts.map((act) => [`step ${quoteBash(act.title)}`, line(act)].join('\n')).join('\n');
}

function line(act: RevocationAct): string {
  switch (act.kind) {
    case 'change':
      return `change ${words(act.call)}`;
    case 'deny-older': {
      const { document, operation, request, service } = act.call;
      const policy = (document?.text ?? '').split(cutoffMark).map(quoteBash).join('"$cutoff"');
      const asked = quoteBash(JSON.stringify(request));
      return `find_cutoff
change ${service} ${operation} ${asked} ${document?.option ?? ''} ${policy}
say "Sessions that were issued before $cutoff are denied."`;
    }
    case 'detach':
      return 'empty_role\ndid';
    case 'delete-role':
      return 'delete_role';
    case 'scp':
      return `deny_by_scp ${quoteBash(act.name)} ${quoteBash(JSON.stringify(act.make.request))} ${quoteBash(
        act.make.document?.text ?? '',
      )} ${quoteBash(JSON.stringify({ TargetId: act.accountId }))}`;
    case 'stack':
      return `delete_stack ${quoteBash(act.name)} ${quoteBash(JSON.stringify({ StackName: act.name }))} ${quoteBash(act.roleName)}`;
  }
}

function words({ document, operation, request, service }: RevocationCall): string {
  const base = `${service} ${operation} ${quoteBash(JSON.stringify(request))}`;
  return document === undefined ? base : `${base} ${document.option} ${quoteBash(document.text)}`;
}

/** Names of policies and profiles come marked with “=”, so that none is taken for the CLI’s “None” or for an option. */
const functions = `
set -o noglob
now() { date -u +%Y-%m-%dT%H:%M:%SZ; }
did() { say "$(now)  $title\${1:+ ($1)}"; }
gone() { grep -Fq '(NoSuchEntity)' "$work/error"; }
refused() {
  cat "$work/error" >&2
  stop "$title: AWS refused. What is written above was done. Run this again to go on."
}

# change SERVICE OPERATION REQUEST [OPTION DOCUMENT]: one change. What is gone already is done.
change() {
  local more=()
  if (($# > 3)); then
    printf %s "$5" >"$work/document.json"
    more=("$4" "file://$work/document.json")
  fi
  if run "$1" "$2" "$3" --output json \${more[@]+"\${more[@]}"} >/dev/null 2>"$work/error"; then
    did
  elif gone; then
    did 'was gone already'
  else
    refused
  fi
}

# keep FILE SERVICE OPERATION REQUEST [MORE]: what stands there before the first run, so that it can be put back by hand
keep() {
  if [[ -e $kept/$1 ]]; then return 0; fi
  if run "\${@:2:3}" "\${@:5}" --output json >"$work/kept" 2>"$work/error"; then
    mkdir -p -- "$kept"
    mv -- "$work/kept" "$kept/$1"
  elif ! gone; then
    refused
  fi
}

# names QUERY OPERATION: what hangs on the role, all pages, in $answer
names() { look "$1" iam "$2" "$role" || answer=''; }
inline() { names "PolicyNames[].join('', ['=', @])" list-role-policies; }
attached() { names "AttachedPolicies[].join('', ['=', PolicyArn])" list-attached-role-policies; }
profiles() { names "InstanceProfiles[].join('', ['=', InstanceProfileName])" list-instance-profiles-for-role; }

keep_all() {
  local one
  keep attached-policies.json iam list-attached-role-policies "$role"
  keep instance-profiles.json iam list-instance-profiles-for-role "$role"
  inline
  for one in $answer; do keep "policy-\${one#=}.json" iam get-role-policy "$role" "--policy-name=\${one#=}"; done
  if [[ -d $kept ]]; then say "What stood there before is kept in $kept"; fi
}

# take WORDS OPERATION OPTION: one by one what is in $answer
take() {
  local one
  for one in $answer; do
    one=\${one#=}
    if run iam "$2" "$role" "$3=$one" >/dev/null 2>"$work/error"; then
      say "$(now)  $1 $one"
    elif gone; then
      say "$(now)  $1 $one (was gone already)"
    else
      refused
    fi
  done
}

empty_role() {
  inline
  take 'Deleted policy' delete-role-policy --policy-name
  attached
  take 'Detached policy' detach-role-policy --policy-arn
}

# Somebody may add something between our looking and our deleting.
delete_role() {
  local try
  for try in 1 2 3; do
    profiles
    take 'Removed it from instance profile' remove-role-from-instance-profile --instance-profile-name
    empty_role
    if run iam delete-role "$role" >/dev/null 2>"$work/error"; then
      did
      return 0
    elif gone; then
      did 'was gone already'
      return 0
    elif ! grep -Fq '(DeleteConflict)' "$work/error"; then
      break
    fi
  done
  refused
}

# deny_by_scp NAME REQUEST POLICY TARGET: made where it is absent, then attached
deny_by_scp() {
  local id
  look "Policies[?Name=='$1'].join('', ['=', Id])" organizations list-policies '{"Filter":"SERVICE_CONTROL_POLICY"}' || answer=''
  id=\${answer#=}
  if [[ -z $id ]]; then
    printf %s "$3" >"$work/document.json"
    run organizations create-policy "$2" --content "file://$work/document.json" \\
      --query Policy.PolicySummary.Id --output text >"$work/answer" 2>"$work/error" || refused
    id=$(<"$work/answer")
    did "made, $id"
  fi
  if run organizations attach-policy "$4" "--policy-id=$id" >/dev/null 2>"$work/error"; then
    did "attached, $id"
  elif grep -Fq '(DuplicatePolicyAttachmentException)' "$work/error"; then
    did "was attached already, $id"
  else
    refused
  fi
}

# delete_stack NAME REQUEST ROLE: only a stack that has the role
delete_stack() {
  if ! run cloudformation describe-stack-resources "$2" --output text \\
    --query "StackResources[?ResourceType=='AWS::IAM::Role'].join('', ['=', PhysicalResourceId])" >"$work/answer" 2>"$work/error"; then
    if ! grep -Fq 'does not exist' "$work/error"; then refused; fi
    did 'was gone already'
    return 0
  fi
  if [[ " $(tr '\\t\\n' '  ' <"$work/answer") " != *" =$3 "* ]]; then
    stop "The stack $1 has no role of that name. It was not touched."
  fi
  run cloudformation delete-stack "$2" >/dev/null 2>"$work/error" || refused
  say "$(now)  Asked CloudFormation to delete the stack $1. It takes its time."
  aws cloudformation wait stack-delete-complete --stack-name "$1" 2>"$work/error" || refused
  did
}
`;

/** A cutoff from a clock that runs behind would let the newest sessions through: AWS's own clock is asked first. */
const clock = `
# seconds HTTP-DATE and stamp SECONDS: with the date of Linux and with that of macOS
seconds() {
  [[ -n $1 ]] || return 1
  LC_ALL=C date -u -d "$1" +%s 2>/dev/null || LC_ALL=C date -u -j -f '%a, %d %b %Y %H:%M:%S GMT' "$1" +%s 2>/dev/null
}
stamp() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%S.000Z 2>/dev/null || date -u -r "$1" +%Y-%m-%dT%H:%M:%S.000Z; }

# find_cutoff: AWS's time, as the Date of an answer has it, and half a minute in which the deny spreads
find_cutoff() {
  local said at
  said=$(aws sts get-caller-identity --debug 2>&1 >/dev/null | sed -n "s/.*'[Dd]ate': '\\([^']*\\)'.*/\\1/p" | tail -n 1) || said=''
  if ! at=$(seconds "$said"); then
    at=$(date -u +%s)
    say 'The time is that of this computer: AWS did not tell its own.'
  fi
  cutoff=$(stamp $((at + 30)))
}
`;
