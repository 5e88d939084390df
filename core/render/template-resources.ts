import type { Plan } from '../domain/plan';
import type { PlanStep, PlanStepOf } from '../domain/plan-step';
import { stepsOfKind, type AccountPart } from './account-parts';
import { nameObjects, type ObjectNames } from './object-names';
import { tagList, type TemplateValue } from './template-json';

/** How a template writes the plan's texts: as they are, or with each account's own ID in them. */
export type TemplateTexts = {
  readonly text: (text: string) => TemplateValue;
  readonly document: (text: string) => TemplateValue;
};

export type Properties = Readonly<Record<string, TemplateValue>>;
type Ground = {
  readonly part: AccountPart;
  readonly names: ObjectNames;
  readonly texts: TemplateTexts;
};

/**
 * One resource for each object of a part, its attachments and inline policies within it. CloudFormation takes no tags for
 * managed policies and instance profiles; the stack's name tells whose they are. Access keys are left out: their secret
 * could only be an output, for everybody who may look at the stack.
 */
export function templateResources(plan: Plan, part: AccountPart, texts: TemplateTexts): Properties {
  const ground: Ground = { part, names: nameObjects(plan, part), texts };
  const resources: Record<string, TemplateValue> = {};
  for (const { name, step } of ground.names.all) resources[name] = resourceOf(step, ground);
  stepsOfKind(part.steps, 'put-bucket-policy').forEach((step, index) => {
    resources[`BucketPolicy${String(index + 1)}`] = resource('AWS::S3::BucketPolicy', step, ground, {
      Bucket: part.makesBucket(step.bucket) ? ref(ground.names.named(`bucket ${step.bucket}`)) : step.bucket,
      PolicyDocument: texts.document(step.document),
    });
  });
  return resources;
}

function resourceOf(step: PlanStep, ground: Ground): TemplateValue {
  const { part, texts } = ground;
  switch (step.kind) {
    case 'create-role':
      return resource('AWS::IAM::Role', step, ground, roleProperties(step, ground));
    case 'create-policy':
      return resource('AWS::IAM::ManagedPolicy', step, ground, {
        ManagedPolicyName: step.policyName,
        Path: step.path,
        ...described(step.description, texts),
        PolicyDocument: texts.document(step.document),
      });
    case 'create-instance-profile':
      return resource('AWS::IAM::InstanceProfile', step, ground, {
        InstanceProfileName: step.profileName,
        Path: step.path,
        Roles: stepsOfKind(part.steps, 'add-role-to-instance-profile')
          .filter(({ profileName }) => profileName === step.profileName)
          .map(({ roleName }) => ref(ground.names.named(`role ${roleName}`))),
      });
    case 'create-group':
      return resource('AWS::IAM::Group', step, ground, {
        GroupName: step.groupName,
        Path: step.path,
        ...attached(
          stepsOfKind(part.steps, 'attach-group-policy').filter(({ groupName }) => groupName === step.groupName),
          ground,
        ),
      });
    case 'create-user':
      return resource('AWS::IAM::User', step, ground, userProperties(step, ground));
    case 'create-bucket':
      return {
        Type: 'AWS::S3::Bucket',
        // What is in a bucket is nobody's to delete but its owner's.
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: bucketProperties(step, ground),
      };
    default:
      throw new Error(`${step.kind} makes no resource.`);
  }
}

function resource(type: string, step: PlanStep, { names }: Ground, properties: Properties): TemplateValue {
  const mentioned = step.kind === 'create-role' || step.kind === 'put-bucket-policy' ? names.mentionedIn(step) : [];
  return {
    Type: type,
    ...(mentioned.length === 0 ? {} : { DependsOn: mentioned.map(({ name }) => name) }),
    Properties: properties,
  };
}

function roleProperties(step: PlanStepOf<'create-role'>, ground: Ground): Properties {
  const { part, texts } = ground;
  const ours = ({ roleName }: { readonly roleName: string }) => roleName === step.roleName;
  const inline = stepsOfKind(part.steps, 'put-role-policy').filter(ours);
  return {
    RoleName: step.roleName,
    Path: step.path,
    ...described(step.description, texts),
    AssumeRolePolicyDocument: texts.document(step.trustPolicy),
    MaxSessionDuration: step.maxSessionDuration,
    ...(step.permissionsBoundaryArn === undefined
      ? {}
      : { PermissionsBoundary: texts.text(step.permissionsBoundaryArn) }),
    ...attached(stepsOfKind(part.steps, 'attach-role-policy').filter(ours), ground),
    ...(inline.length === 0
      ? {}
      : {
          Policies: inline.map(({ document, policyName }) => ({
            PolicyName: policyName,
            PolicyDocument: texts.document(document),
          })),
        }),
    ...tagged(step.tags),
  };
}

function userProperties(step: PlanStepOf<'create-user'>, ground: Ground): Properties {
  const { names, part } = ground;
  const ours = ({ userName }: { readonly userName: string }) => userName === step.userName;
  const groups = stepsOfKind(part.steps, 'add-user-to-group').filter(ours);
  return {
    UserName: step.userName,
    Path: step.path,
    ...(groups.length === 0 ? {} : { Groups: groups.map(({ groupName }) => ref(names.named(`group ${groupName}`))) }),
    ...attached(stepsOfKind(part.steps, 'attach-user-policy').filter(ours), ground),
    ...tagged(step.tags),
  };
}

function bucketProperties(step: PlanStepOf<'create-bucket'>, { part }: Ground): Properties {
  const has = (kind: 'put-public-access-block' | 'put-bucket-versioning') =>
    stepsOfKind(part.steps, kind).some(({ bucket }) => bucket === step.bucket);
  const block = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
  return {
    BucketName: step.bucket,
    ...(has('put-public-access-block') ? { PublicAccessBlockConfiguration: block } : {}),
    ...(has('put-bucket-versioning') ? { VersioningConfiguration: { Status: 'Enabled' } } : {}),
    ...tagged(step.tags),
  };
}

function ref(name: string): TemplateValue {
  return { Ref: name };
}

function attached(steps: readonly { readonly policyArn: string }[], { names, texts }: Ground): Properties {
  if (steps.length === 0) return {};
  return {
    ManagedPolicyArns: steps.map(({ policyArn }) => {
      const made = names.byArn(policyArn);
      return made === undefined ? texts.text(policyArn) : ref(made.name);
    }),
  };
}

function described(text: string, texts: TemplateTexts): Properties {
  return text === '' ? {} : { Description: texts.text(text) };
}

function tagged(tags: PlanStepOf<'create-role'>['tags']): Properties {
  return tags.length === 0 ? {} : { Tags: tagList(tags) };
}
