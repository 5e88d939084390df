import { z } from '../zod';
import { maxSessionDurationSchema, roleNameSchema, rolePathSchema } from '../domain/limits';

/** How far a permission reaches in one service. `risky` is full reach over who may do what. */
export const permissionLevelSchema = z.enum(['none', 'some', 'all', 'risky']);
export type PermissionLevel = z.infer<typeof permissionLevelSchema>;

export const permissionRowSchema = z.strictObject({
  service: z.string().max(60),
  list: permissionLevelSchema,
  read: permissionLevelSchema,
  write: permissionLevelSchema,
  grant: permissionLevelSchema,
});
export type PermissionRow = Readonly<z.infer<typeof permissionRowSchema>>;

/** Holds while an answer is this one. Toggles answer `yes` or `no`. */
const whenSchema = z.strictObject({ parameter: z.string(), is: z.string() });
export type When = Readonly<z.infer<typeof whenSchema>>;
const when = { when: whenSchema.optional() };

/** Text in which `{{name}}` stands for an answer or for something known, such as `{{accountId}}` (core/recipes/template.ts). */
const template = z.string().min(1).max(2048);
/** A policy as the JSON it is, with templates in its texts. */
const documentTemplate = z.record(z.string(), z.unknown());

const parameterWords = {
  id: z.string().regex(/^[a-z][A-Za-z]{1,39}$/),
  label: z.string().max(60),
  help: z.string().max(240),
  ...when,
};

/** A question that only this recipe asks. */
export const parameterSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    ...parameterWords,
    placeholder: z.string().max(120).optional(),
    /** what stands there at first; may be a template */
    default: z.string().max(200),
    /** a regular expression over all of the answer, and what it means in words */
    pattern: z.string().max(400),
    patternWords: z.string().max(160),
  }),
  z.strictObject({
    kind: z.literal('choice'),
    ...parameterWords,
    options: z
      .array(z.strictObject({ value: z.string().max(40), label: z.string().max(80), detail: z.string().max(240) }))
      .min(2)
      .max(6),
    default: z.string().max(40),
  }),
  z.strictObject({ kind: z.literal('toggle'), ...parameterWords, default: z.enum(['yes', 'no']) }),
]);
export type RecipeParameter = Readonly<z.infer<typeof parameterSchema>>;

/** In which account: the one that is entered, which it is where nothing is said, or the one that enters. */
const where = { account: z.enum(['target', 'trusted']).optional() };
/** A name below `aws:policy/`, or of a policy of this recipe as `{{policy:Name}}`. */
const attachment = z.strictObject({ policy: template, ...when });
const inlinePolicy = z.strictObject({ name: template, document: documentTemplate, ...when });

/** What is made besides the role that is assumed. */
export const resourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('policy'),
    ...when,
    name: template,
    description: template,
    document: documentTemplate,
    /** also attached to the role that is assumed */
    attachToAccessRole: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal('role'),
    ...when,
    name: template,
    description: template,
    trust: documentTemplate,
    attached: z.array(attachment).optional(),
    inline: z.array(inlinePolicy).optional(),
    /** an instance profile of this name holds it */
    instanceProfile: template.optional(),
  }),
  z.strictObject({ kind: z.literal('group'), ...when, name: template, attached: z.array(attachment) }),
  z.strictObject({
    kind: z.literal('user'),
    ...when,
    name: template,
    group: template.optional(),
    attached: z.array(attachment).optional(),
    /** its secret goes into the keychain and is shown to nobody */
    accessKey: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('bucket'),
    ...when,
    ...where,
    name: template,
    /** then it is there already, and only its policy is written */
    exists: whenSchema.optional(),
    policy: documentTemplate.optional(),
  }),
]);
export type RecipeResource = Readonly<z.infer<typeof resourceSchema>>;

/**
 * A template for a connection, as data: which trust, which permissions, which checks, in which words.
 * Managed policies are named without their ARN, because the partition is only known with the account.
 */
export const recipeSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]{1,62}$/),
  title: z.string().max(60),
  summary: z.string().max(120),
  description: z.string().max(300),
  icon: z.string().max(32),
  /** 0 (decided by the person) to 4 (everything) */
  reach: z.literal([0, 1, 2, 3, 4]),
  lets: z.array(z.string().max(120)).max(8),
  doesNotLet: z.array(z.string().max(120)).max(8),
  watchOut: z.array(z.string().max(240)).max(4),
  facts: z.array(z.strictObject({ term: z.string().max(40), text: z.string().max(240) })).max(8),
  note: z.strictObject({ title: z.string().max(80), text: z.string().max(400) }).optional(),
  /** may the person choose policies, boundary and whether an external ID is asked for */
  customizable: z.boolean(),
  defaults: z.strictObject({
    roleName: roleNameSchema,
    path: rolePathSchema,
    maxSessionDuration: maxSessionDurationSchema,
    /** names below `arn:<partition>:iam::aws:policy/`, with their path where they have one */
    managedPolicies: z.array(z.string().max(128)).max(10),
  }),
  /** what the role may do besides the policies in the answers */
  attached: z.array(attachment).optional(),
  inline: z.array(inlinePolicy).optional(),
  parameters: z.array(parameterSchema).max(16).optional(),
  resources: z.array(resourceSchema).max(20).optional(),
  /** what is handed on when everything is made */
  outputs: z.array(z.strictObject({ term: z.string().max(60), text: template, ...when })).optional(),
  /** what people do with a session, ready to copy: `{{profile}}` and `{{region}}` are put in, <names> are theirs to put */
  snippets: z
    .array(
      z.strictObject({
        title: z.string().max(60),
        language: z.enum(['shell', 'python', 'javascript']),
        text: z.string().max(2048),
      }),
    )
    .max(6)
    .optional(),
  /** what to do afterwards, or instead */
  guide: z
    .array(z.strictObject({ title: z.string().max(120), text: z.string().max(600), linkId: z.string().optional() }))
    .optional(),
  /** A recipe that makes nothing: what to do, in order, each to be ticked off. */
  checklist: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z-]{1,40}$/),
        title: z.string().max(120),
        text: z.string().max(600),
        label: z.enum(['recommended', 'not recommended']).optional(),
        linkId: z.string().optional(),
      }),
    )
    .max(20)
    .optional(),
  /** what a widely copied instruction gets wrong, and what is made here instead */
  corrections: z.array(z.strictObject({ found: z.string().max(240), here: z.string().max(240) })).optional(),
  /** no longer for new use: since when and why, and what to take instead */
  legacy: z.strictObject({ text: z.string().max(400), insteadId: z.string() }).optional(),
  permissionMap: z.array(permissionRowSchema).max(8),
  /**
   * What the connection test looks for, as names of actions on every resource: what was promised, and what nobody meant to
   * give. An action that is allowed on named resources only is in neither list.
   */
  checks: z.strictObject({
    mustAllow: z.array(z.string().max(128)).max(20),
    mustNotAllow: z.array(z.string().max(128)).max(20),
  }),
});
export type Recipe = Readonly<z.infer<typeof recipeSchema>>;
