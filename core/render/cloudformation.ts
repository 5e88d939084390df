import { partitionById } from '../domain/partitions';
import type { Plan } from '../domain/plan';
import { documentOf } from '../domain/plan-step';
import { accessRole, accountParts, baseName, stepsOfKind, type AccountPart } from './account-parts';
import { nameObjects } from './object-names';
import type { Rendering } from './rendering';
import { documentText, templateJson, type TemplateValue } from './template-json';
import { templateResources, type TemplateTexts } from './template-resources';
import { strings } from './why-not';

/** Bytes of a template that is sent with the call; a larger one has to be in a bucket [aws-reference §5]. */
const largestInline = 51_200;

const asTheyAre: TemplateTexts = { text: (text) => text, document: documentText };

/** One template for each account. Names are the plan's own, so that documents can name each other's ARNs as they stand. */
export function renderCloudFormation(plan: Plan): Rendering {
  const reason = whyNoTemplate(plan);
  if (reason !== undefined) return { files: [], notes: [reason] };
  const files = accountParts(plan).map((part) => {
    const stack = baseName(plan, part.accountId);
    const name = `${stack}.json`;
    return {
      name,
      accountId: part.accountId,
      text: template(plan, part, asTheyAre),
      commands: [
        'aws sts get-caller-identity --query Account --output text',
        `aws cloudformation deploy --template-file ${name} --stack-name ${stack} --region ${part.region} ` +
          `--capabilities CAPABILITY_NAMED_IAM --no-fail-on-empty-changeset ` +
          `--tags ManagedBy=Sallyport OnboardingId=${plan.onboardingId}`,
        `aws cloudformation delete-stack --stack-name ${stack} --region ${part.region}`,
      ],
    };
  });
  return {
    files,
    notes: [
      'CloudFormation makes the stack in whichever account the credentials belong to: the first command says which that is. The last one takes everything back.',
      ...(files.length > 1
        ? ['There is a template for each account. The first stack comes first: the second names roles that it makes.']
        : []),
      ...files
        .filter(({ text }) => byteLength(text) > largestInline)
        .map(({ name }) => `${name} is larger than 51,200 bytes: add --s3-bucket with a bucket it may be stored in.`),
      ...bucketNotes(plan),
      ...accessKeyNotes(plan),
    ],
  };
}

export function template(plan: Plan, part: AccountPart, texts: TemplateTexts): string {
  const role = part.isTarget ? accessRole(plan) : undefined;
  const outputs: Record<string, TemplateValue> =
    role === undefined
      ? {}
      : {
          Outputs: {
            RoleArn: {
              Description: 'Paste this in Sallyport.',
              Value: { 'Fn::GetAtt': [nameObjects(plan, part).named(`role ${role.roleName}`), 'Arn'] },
            },
          },
        };
  const whole: TemplateValue = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Made with Sallyport, onboarding ${plan.onboardingId}.`,
    Resources: templateResources(plan, part, texts),
    ...outputs,
  };
  return `${templateJson(whole)}\n`;
}

/**
 * CloudFormation reads `{{resolve:…}}` in every text, and objects with one key of its own as calls of functions; neither can
 * be escaped. SECURITY(S-26): a text with either is not rendered, because the stack would have another policy.
 */
export function whyNoTemplate(plan: Plan): string | undefined {
  for (const step of plan.steps) {
    const document = documentOf(step);
    const values: readonly unknown[] = [step, document === undefined ? undefined : JSON.parse(document)];
    if (values.flatMap(strings).some((text) => /\{\{\s*resolve\s*:/i.test(text))) {
      return 'A text of this plan has {{resolve:…}} in it, which CloudFormation would replace. Choose another way.';
    }
    if (values.some(callsFunction)) {
      return 'A policy of this plan has a part that CloudFormation would take for one of its functions. Choose another way.';
    }
  }
  return undefined;
}

function callsFunction(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(callsFunction);
  return Object.entries(value).some(([key, item]) => key === 'Ref' || key.startsWith('Fn::') || callsFunction(item));
}

function bucketNotes(plan: Plan): readonly string[] {
  const buckets = stepsOfKind(plan.steps, 'create-bucket').map(({ bucket }) => bucket);
  const foreign = stepsOfKind(plan.steps, 'put-bucket-policy')
    .map(({ bucket }) => bucket)
    .filter((bucket) => !buckets.includes(bucket));
  return [
    ...(buckets.length > 0
      ? [`Deleting the stack leaves ${buckets.join(', ')}: delete it yourself when nothing in it is needed.`]
      : []),
    ...foreign.map(
      (bucket) =>
        `The stack replaces the policy of ${bucket} as a whole. Look at the present one before, if it has one.`,
    ),
  ];
}

/** The key is made apart: a stack, a template or a state file would keep its secret for everybody who may read it. */
export function accessKeyNotes(plan: Plan): readonly string[] {
  return stepsOfKind(plan.steps, 'create-access-key').map(
    ({ userName }) =>
      `The access key of ${userName} is not in this file, because its secret would be kept where others can read it. ` +
      'Afterwards make it in the console, or let Sallyport make everything: then the secret goes into the keychain.',
  );
}

function byteLength(text: string): number {
  return encodeURIComponent(text).replace(/%../g, '.').length;
}

export type QuickCreateLink = {
  /** an https address of the template in S3 */
  readonly templateUrl: string;
  readonly region: string;
  readonly stackName: string;
};

/** What the stack in the target account is called, wherever it is named. */
export function stackNameOf(plan: Plan): string {
  return baseName(plan, plan.accountId);
}

/**
 * The console's page on which a stack is made from a template that is stored in S3 [aws-reference §5]. `undefined` where the
 * partition has no console, the address is not https, or CloudFormation would not take the name of the stack.
 */
export function quickCreateLink(plan: Plan, { region, stackName, templateUrl }: QuickCreateLink): string | undefined {
  const host = partitionById(plan.partition)?.consoleHost;
  if (host === undefined || !/^https:\/\/[^\s/?#@]+\/\S+$/.test(templateUrl)) return undefined;
  if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(stackName) || !/^[a-z]+(-[a-z]+)+-\d$/.test(region)) return undefined;
  const address = `https://${region}.${host}/cloudformation/home?region=${region}#/stacks/create/review`;
  return `${address}?templateURL=${encodeURIComponent(templateUrl)}&stackName=${encodeURIComponent(stackName)}`;
}
