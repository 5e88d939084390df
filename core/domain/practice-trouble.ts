import { z } from '../zod';

/** How an account that was asked for fails (API reference, CreateAccountStatus). */
export const accountFailures = [
  'ACCOUNT_LIMIT_EXCEEDED',
  'EMAIL_ALREADY_EXISTS',
  'INVALID_ADDRESS',
  'INVALID_EMAIL',
  'CONCURRENT_ACCOUNT_MODIFICATION',
  'INTERNAL_FAILURE',
  'GOVCLOUD_ACCOUNT_ALREADY_EXISTS',
  'MISSING_BUSINESS_VALIDATION',
  'FAILED_BUSINESS_VALIDATION',
  'PENDING_BUSINESS_VALIDATION',
  'INVALID_IDENTITY_FOR_BUSINESS_VALIDATION',
  'UNKNOWN_BUSINESS_VALIDATION',
  'MISSING_PAYMENT_INSTRUMENT',
  'INVALID_PAYMENT_INSTRUMENT',
  'UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED',
] as const;
export type AccountFailure = (typeof accountFailures)[number];

/** Of all requests, from 0 (none) to 1 (each). The four shares together count up to 1; what is above is cut off. */
const share = z.number().min(0).max(1).default(0);
/** As policies name actions: `sts:AssumeRole`, `iam:*`. */
const actionPattern = z
  .string()
  .max(128)
  .regex(/^(?:\*|[A-Za-z0-9-]+:[A-Za-z0-9*?_-]+)$/);
const milliseconds = (most: number, usual: number) => z.int().min(0).max(most).default(usual);

/** What goes wrong in the practice sandbox, on demand, as data: in scenario files, in what is kept, in the window. What is left out goes well. */
export const sandboxTroubleSchema = z.strictObject({
  /** Which requests the shares meet follows from it: the same seed and the same requests, the same trouble. */
  seed: z.int().min(0).max(4_294_967_295).default(1),
  /** New roles, changed ones (trust, policies, boundary) and deletions hold only after so long (aws-reference §2, §6.1). */
  propagationDelayMs: milliseconds(600_000, 0),
  /** The server's clock is ahead of the caller's by so much. */
  serverClockOffsetMs: z.int().min(-86_400_000).max(86_400_000).default(0),
  /** How long an account that was asked for takes, and one that is closed. */
  accountCreationMs: milliseconds(3_600_000, 5_000),
  /** Accounts asked for from now on fail with this reason. */
  accountCreationFailure: z.enum(accountFailures).optional(),
  /** Answered “Rate exceeded”; nothing is done. */
  throttling: share,
  /** Answered with an error of the server; nothing is done. */
  serverErrors: share,
  /** Never answered; nothing is done. */
  timeouts: share,
  /** Done, but the answer breaks off in the middle. */
  tornAnswers: share,
  /** Where STS gives out no credentials, as an account's administrator may switch it off. */
  disabledRegions: z.array(z.string().max(32)).max(64).default([]),
  /** Actions that a service control policy denies to the accounts of the deployer and the owner. */
  serviceControlDenies: z.array(actionPattern).max(32).default([]),
  /** What the app's own keychain says while practising. */
  keychain: z.enum(['answers', 'locked', 'absent']).default('answers'),
});
export type SandboxTrouble = Readonly<z.infer<typeof sandboxTroubleSchema>>;

export const noTrouble: SandboxTrouble = sandboxTroubleSchema.parse({});

/** What is wrong now, a word or two each, the gravest first. Empty when all is well. */
export function troubleWords(trouble: SandboxTrouble): readonly string[] {
  const entries: readonly (readonly [boolean, string])[] = [
    [trouble.keychain !== 'answers', `keychain ${trouble.keychain}`],
    [trouble.timeouts > 0, 'time-outs'],
    [trouble.tornAnswers > 0, 'torn answers'],
    [trouble.serverErrors > 0, 'server errors'],
    [trouble.throttling > 0, 'throttling'],
    [trouble.serviceControlDenies.length > 0, 'denied by SCP'],
    [trouble.disabledRegions.length > 0, 'Region disabled'],
    [trouble.serverClockOffsetMs !== 0, 'wrong clock'],
    [trouble.propagationDelayMs > 0, 'slow propagation'],
    [trouble.accountCreationFailure !== undefined, 'no new accounts'],
  ];
  return entries.filter(([is]) => is).map(([, words]) => words);
}
