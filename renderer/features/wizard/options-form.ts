import { z } from '../../../core/zod';
import { arnSchema, roleNameSchema, rolePathSchema } from '../../../core/domain/limits';
import { roleTagsSchema, type RoleTag } from '../../../core/domain/role-tags';
import { isPolicyText } from '../../../core/domain/policy-document';
import { asksFor, wrongTrust } from '../../../core/domain/trust-check';
import {
  addressRangeSchema,
  asksNothing,
  noConditions,
  organizationIdSchema,
  serviceNameSchema,
  trustConditionsSchema,
  wrongPrincipal,
  type TrustConditions,
} from '../../../core/domain/trust-conditions';
import { optionsAnswersSchema, type OptionsAnswers, type Trusted } from '../../../core/domain/wizard';
import { answersOf, firstWrongAnswer } from '../../../core/recipes/answers';
import type { Recipe } from '../../../core/recipes/recipe';
import type { TemplateValues } from '../../../core/recipes/template';

/** What the options of one draft depend on. */
export type OptionsGround = {
  readonly recipe: Recipe;
  readonly known: TemplateValues;
  readonly trusted: Trusted;
  /** the target account */
  readonly accountId: string;
  readonly externalId: string;
};

/** The form as it is typed: lists are lines, and what may be left out is an empty text. */
const formSchema = z.object({
  roleName: roleNameSchema,
  path: rolePathSchema,
  maxHours: z.string(),
  useExternalId: z.boolean(),
  onlyThisIdentity: z.boolean(),
  trustKind: z.enum(['account', 'own']),
  mfa: z.boolean(),
  organizationIds: z.string(),
  principalArns: z.string(),
  sourceRanges: z.string(),
  services: z.string(),
  servicesOnlyThisAccount: z.boolean(),
  ownTrust: z.string(),
  tags: z.array(z.object({ key: z.string(), value: z.string() })),
  managedPolicies: z.string().refine((text) => lines(text).length <= 10, 'A role takes ten managed policies at most.'),
  inlinePolicy: z
    .string()
    .max(10_240, 'An inline policy has 10,240 characters at most.')
    .refine((text) => text.trim() === '' || isPolicyText(text), 'This is not a policy document in JSON.'),
  permissionsBoundaryArn: z
    .string()
    .refine((text) => text === '' || arnSchema.safeParse(text).success, 'This is not the ARN of a policy.'),
  parameters: z.record(z.string(), z.string()),
});
export type OptionsForm = z.infer<typeof formSchema>;

/** Commas separate as well; an ARN or a range has none. */
function lines(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const isBlank = ({ key, value }: RoleTag): boolean => key.trim() === '' && value.trim() === '';

function messageOf(schema: z.ZodType, value: unknown): string | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? undefined : parsed.error.issues[0]?.message;
}

/** The first line at fault, named, and what is wrong with it; or that there are too many. */
function wrongLine(text: string, most: number, wrong: (line: string) => string | undefined): string | undefined {
  const all = lines(text);
  for (const line of all) {
    const message = wrong(line);
    if (message !== undefined) return `${line.slice(0, 80)}: ${message}`;
  }
  return all.length > most ? `${most} at most.` : undefined;
}

/** The same with the rules of the recipe's own questions, and of what only Custom asks. */
export function optionsFormSchema(ground: OptionsGround) {
  return formSchema.superRefine((form, context) => {
    const tell = (path: (string | number)[], message: string | undefined) => {
      if (message !== undefined) context.addIssue({ code: 'custom', path, message });
    };
    const wrong = firstWrongAnswer(ground.recipe, form.parameters);
    if (wrong !== undefined) tell(['parameters', wrong.id], wrong.message);
    if (!ground.recipe.customizable) return;
    for (const { path, message } of tagIssues(form.tags)) tell(['tags', ...path], message);
    if (form.trustKind === 'own') {
      const found = wrongTrust({ ...ground, options: { ...unchecked, ...trustOf(form, ground) } });
      tell(['ownTrust'], found?.message);
      return;
    }
    const organizations = wrongLine(form.organizationIds, 5, (line) => messageOf(organizationIdSchema, line));
    const principals = wrongLine(form.principalArns, 10, (line) => wrongPrincipal(line, ground.trusted));
    const ranges = wrongLine(form.sourceRanges, 20, (line) => messageOf(addressRangeSchema, line));
    const services = wrongLine(form.services, 10, (line) => messageOf(serviceNameSchema, line));
    tell(['organizationIds'], organizations);
    tell(['principalArns'], principals);
    tell(['sourceRanges'], ranges);
    tell(['services'], services);
    if ([organizations, principals, ranges, services].every((message) => message === undefined)) {
      tell(['principalArns'], wrongTrust({ ...ground, options: { ...unchecked, ...trustOf(form, ground) } })?.message);
    }
  });
}

/** Where rules about trust are asked, the rest of the answers does not matter. */
const unchecked: OptionsAnswers = {
  roleName: 'x',
  path: '/',
  maxSessionDuration: 3600,
  useExternalId: true,
  onlyThisIdentity: true,
  managedPolicies: [],
  parameters: {},
};

function tagIssues(
  tags: readonly RoleTag[],
): readonly { readonly path: (string | number)[]; readonly message: string }[] {
  const places = tags.flatMap((tag, index) => (isBlank(tag) ? [] : [index]));
  const parsed = roleTagsSchema.safeParse(places.map((index) => tags[index]));
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path: [index, ...rest], message }) => ({
    path: typeof index === 'number' ? [places[index] ?? 0, ...rest.map(String)] : [],
    message,
  }));
}

function conditionsOf({ mfa, organizationIds, principalArns, sourceRanges }: OptionsForm): TrustConditions {
  return {
    mfa,
    organizationIds: lines(organizationIds),
    principalArns: lines(principalArns),
    sourceRanges: lines(sourceRanges),
  };
}

type TrustAnswers = Pick<OptionsAnswers, 'useExternalId' | 'onlyThisIdentity' | 'conditions' | 'services' | 'ownTrust'>;

/** What the form says about who may come in. The lines are taken as they are. */
function trustOf(form: OptionsForm, { externalId, recipe }: OptionsGround): TrustAnswers {
  const { onlyThisIdentity, ownTrust, useExternalId } = form;
  if (!recipe.customizable) return { useExternalId, onlyThisIdentity };
  if (form.trustKind === 'own') return { useExternalId: asksFor(ownTrust, externalId), onlyThisIdentity, ownTrust };
  const conditions = conditionsOf(form);
  const names = lines(form.services);
  return {
    useExternalId,
    onlyThisIdentity,
    ...(asksNothing(conditions) ? {} : { conditions: { ...conditions } }),
    ...(names.length === 0 ? {} : { services: { names, onlyThisAccount: form.servicesOnlyThisAccount } }),
  };
}

/** The answers about trust as far as they can be used: to show, or to go on writing by hand. */
export function usableTrust(form: OptionsForm, ground: OptionsGround): OptionsAnswers {
  const { conditions, services, ...trust } = trustOf({ ...form, trustKind: 'account' }, ground);
  const isSound = conditions !== undefined && trustConditionsSchema.safeParse(conditions).success;
  return {
    ...unchecked,
    ...trust,
    ...(isSound ? { conditions } : {}),
    ...(services?.names.every((name) => serviceNameSchema.safeParse(name).success) === true ? { services } : {}),
  };
}

export function toForm(options: OptionsAnswers | undefined, { recipe, known }: OptionsGround): OptionsForm {
  const conditions = options?.conditions ?? noConditions;
  return {
    roleName: options?.roleName ?? recipe.defaults.roleName,
    path: options?.path ?? recipe.defaults.path,
    maxHours: String((options?.maxSessionDuration ?? recipe.defaults.maxSessionDuration) / 3600),
    useExternalId: options?.ownTrust === undefined ? (options?.useExternalId ?? true) : true,
    onlyThisIdentity: options?.onlyThisIdentity ?? true,
    trustKind: options?.ownTrust === undefined ? 'account' : 'own',
    mfa: conditions.mfa,
    organizationIds: conditions.organizationIds.join('\n'),
    principalArns: conditions.principalArns.join('\n'),
    sourceRanges: conditions.sourceRanges.join('\n'),
    services: (options?.services?.names ?? []).join('\n'),
    servicesOnlyThisAccount: options?.services?.onlyThisAccount ?? false,
    ownTrust: options?.ownTrust ?? '',
    tags: [...(options?.tags ?? [])],
    managedPolicies: (options?.managedPolicies ?? recipe.defaults.managedPolicies).join('\n'),
    inlinePolicy: options?.inlinePolicy ?? '',
    permissionsBoundaryArn: options?.permissionsBoundaryArn ?? '',
    parameters: { ...answersOf(recipe, options?.parameters ?? {}, known) },
  };
}

export function toOptions(form: OptionsForm, ground: OptionsGround): OptionsAnswers {
  const suggested = answersOf(ground.recipe, {}, ground.known);
  const tags = form.tags.filter((tag) => !isBlank(tag));
  return optionsAnswersSchema.parse({
    roleName: form.roleName,
    path: form.path,
    maxSessionDuration: Number(form.maxHours) * 3600,
    ...trustOf(form, ground),
    managedPolicies: lines(form.managedPolicies),
    // What is only suggested follows the account, should another one be chosen.
    parameters: Object.fromEntries(Object.entries(form.parameters).filter(([id, answer]) => answer !== suggested[id])),
    ...(form.inlinePolicy.trim() === '' ? {} : { inlinePolicy: form.inlinePolicy }),
    ...(form.permissionsBoundaryArn === '' ? {} : { permissionsBoundaryArn: form.permissionsBoundaryArn }),
    ...(tags.length === 0 ? {} : { tags }),
  });
}
