import type { Plan } from '../domain/plan';
import { partitionById } from '../domain/partitions';
import { accountParts, baseName, type AccountPart } from './account-parts';
import { accessKeyNotes, template, whyNoTemplate } from './cloudformation';
import type { Rendering } from './rendering';
import { documentText, type TemplateValue } from './template-json';
import type { TemplateTexts } from './template-resources';

/**
 * What the plan makes in IAM, for many accounts of an organization at once. Where a text has the target account's ID in it,
 * each account's own stands there; texts without it are the plan's own, byte for byte.
 */
export function renderStackSet(plan: Plan): Rendering {
  const whole = accountParts(plan).find(({ isTarget }) => isTarget);
  const reason = whyNoTemplate(plan);
  if (reason !== undefined || whole === undefined) return { files: [], notes: reason === undefined ? [] : [reason] };
  const inIam = (kind: string) => !kind.includes('bucket') && kind !== 'put-public-access-block';
  const part: AccountPart = {
    ...whole,
    steps: whole.steps.filter(({ kind }) => inIam(kind)),
    region: partitionById(plan.partition)?.defaultRegion ?? whole.region,
  };
  const set = baseName(plan, 'set');
  const name = `${set}.json`;
  const inRegion = `--stack-set-name ${set} --region ${part.region}`;
  const targets = `--deployment-targets OrganizationalUnitIds=ou-xxxx-xxxxxxxx --regions ${part.region}`;
  const leftOut = plan.steps.length > part.steps.length;
  return {
    files: [
      {
        name,
        accountId: plan.accountId,
        text: template(plan, part, ownAccount(plan.accountId)),
        commands: [
          `aws cloudformation create-stack-set ${inRegion} --template-body file://${name} ` +
            '--permission-model SERVICE_MANAGED --auto-deployment Enabled=false ' +
            `--capabilities CAPABILITY_NAMED_IAM --tags Key=ManagedBy,Value=Sallyport Key=OnboardingId,Value=${plan.onboardingId}`,
          `aws cloudformation create-stack-instances ${inRegion} ${targets}`,
          `aws cloudformation delete-stack-instances ${inRegion} ${targets} --no-retain-stacks`,
          `aws cloudformation delete-stack-set ${inRegion}`,
        ],
      },
    ],
    notes: [
      'Run this with credentials of the organization’s management account, where StackSets have trusted access. Put the ID of your organizational unit in the place of ou-xxxx-xxxxxxxx.',
      'It goes to one Region only: roles are the same in all of them. The last two commands take everything back.',
      'Every account gets a role of the same name with the same external ID. Connect each of them in Sallyport.',
      ...(leftOut
        ? ['Buckets and their policies are left out: the name of a bucket can be taken once among all accounts of AWS.']
        : []),
      ...accessKeyNotes(plan),
    ],
  };
}

/** Texts that have the account's ID in them get each account's own, by `Fn::Sub`, in which `${` is written `${!`. */
function ownAccount(accountId: string): TemplateTexts {
  const account = new RegExp(`(?<!\\d)${accountId}(?!\\d)`, 'g');
  const text = (value: string): TemplateValue =>
    value.search(account) < 0
      ? value
      : { 'Fn::Sub': value.replaceAll('${', '${!').replace(account, () => '${AWS::AccountId}') };
  const convert = (value: unknown): TemplateValue => {
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number' || typeof value === 'boolean') return value;
    if (Array.isArray(value)) return value.map(convert);
    return Object.fromEntries(Object.entries(value ?? {}).map(([key, item]) => [key, convert(item)]));
  };
  return {
    text,
    document: (document) => (document.search(account) < 0 ? documentText(document) : convert(JSON.parse(document))),
  };
}
