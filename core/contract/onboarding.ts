import { z } from '../zod';
import { byWishSchema } from '../domain/by-itself';
import { connectionReplySchema, maximumReplyBytes } from '../domain/connection-reply';
import { maximumRequestBytes } from '../domain/exchange-file';
import { idSchema, labelSchema, sessionDurationSchema } from '../domain/limits';
import { planSchema } from '../domain/plan';
import { subAccountWishSchema } from '../domain/sub-account';
import { draftSchema, suggestedAccountSchema, wizardActSchema } from '../domain/wizard';
import { renderingForms } from '../render/rendering';
import { call, nothing } from './call';

/** Characters; the reader counts bytes. */
const requestTextSchema = z.string().min(1).max(maximumRequestBytes, 'A connection request has 64 KiB at most.');
const replyTextSchema = z.string().min(1).max(maximumReplyBytes, 'A reply has 16 KiB at most.');
const draftIdSchema = z.strictObject({ draftId: idSchema });
/** where a file was saved; without it the person chose no place */
const savedSchema = z.strictObject({ path: z.string().max(4096).optional() });

/** A reply with the wizard that it answers, before anything is taken from it. */
export const replyViewSchema = z.strictObject({
  draftId: idSchema,
  title: z.string().max(120),
  reply: connectionReplySchema,
  /** what is other than the wizard asked for; taken only when a person says so */
  differences: z
    .array(
      z.strictObject({ what: z.enum(['account', 'role']), asked: z.string().max(2048), found: z.string().max(2048) }),
    )
    .max(2),
});
export type ReplyView = Readonly<z.infer<typeof replyViewSchema>>;

/** A draft with what follows from its answers. `plan` exists from the review on. */
export const draftViewSchema = z.strictObject({
  draft: draftSchema,
  plan: planSchema.optional(),
  /** SHA-256 over the plan's policy documents, in hexadecimal */
  planHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** an operation that is running for this draft */
  operationId: idSchema.optional(),
});
export type DraftView = Readonly<z.infer<typeof draftViewSchema>>;

const checklistSchema = z.strictObject({ ticked: z.array(z.string().max(64)).max(50) });

export const onboarding = {
  /** with `subAccountId` for that account of the organization; with `account` for one that is known, which may be changed */
  startDraft: call(
    z.strictObject({ subAccountId: idSchema.optional(), account: suggestedAccountSchema.optional() }),
    draftViewSchema,
  ),
  getDraft: call(draftIdSchema, draftViewSchema),
  act: call(z.strictObject({ draftId: idSchema, act: wizardActSchema }), draftViewSchema),
  /**
   * asks AWS for an account of its own, once for each wizard: the draft has its `subAccountId` before AWS is asked, and what
   * was asked already is answered with as it is
   */
  askForAccount: call(
    z.strictObject({ draftId: idSchema, sourceId: z.string().min(1).max(64), wish: subAccountWishSchema }),
    draftViewSchema,
  ),
  discardDraft: call(draftIdSchema, nothing),
  /** what is ticked off of a recipe that is a checklist */
  getChecklist: call(z.strictObject({ recipeId: z.string().max(64) }), checklistSchema),
  tickChecklist: call(
    z.strictObject({ recipeId: z.string().max(64), entryId: z.string().max(64), isDone: z.boolean() }),
    checklistSchema,
  ),
  /** a connection request as somebody sent it becomes a draft at the account step; nothing is created by it */
  openRequest: call(z.strictObject({ text: requestTextSchema }), draftViewSchema),
  /** the draft's answers as a request for the owner of the account; from the review on */
  requestText: call(draftIdSchema, z.strictObject({ text: requestTextSchema })),
  /** the same as a file where the person wants it; without `path` they did not */
  saveRequest: call(draftIdSchema, savedSchema),
  /** the same for an owner who has no Sallyport: a page that says what is asked, with everything to make it */
  saveRequestPage: call(z.strictObject({ draftId: idSchema, form: z.enum(['html', 'markdown']) }), savedSchema),
  /** what the owner sends back, at the end of a wizard that was begun from a request */
  replyText: call(draftIdSchema, z.strictObject({ text: replyTextSchema })),
  saveReply: call(draftIdSchema, savedSchema),
  /** which wizard a reply answers, and what is other than it asked; changes nothing */
  readReply: call(z.strictObject({ text: replyTextSchema }), replyViewSchema),
  /** that wizard at its test with the role filled in; makes nothing and tests nothing */
  takeReply: call(z.strictObject({ text: replyTextSchema }), draftViewSchema),
  /** the plan's files for one tool, in a folder that the person chooses; without `folder` they did not */
  saveRendering: call(
    z.strictObject({ draftId: idSchema, form: z.enum(renderingForms) }),
    z.strictObject({ folder: z.string().max(4096).optional() }),
  ),
  /** makes the plan's objects with the credentials of `sourceId`; progress comes as `operation` events */
  createRole: call(
    z.strictObject({ draftId: idSchema, sourceId: z.string().min(1).max(64) }),
    z.strictObject({ operationId: idSchema }),
  ),
  /**
   * does the rest for an account of the organization: enters by its access role, makes the plan's objects, tests,
   * attaches guard rails, and records the connection. Goes on where it stopped; `operations.cancel` stops it.
   * `sourceId`: with another one of the management account than asked for the account
   */
  createByItself: call(
    byWishSchema.extend({ draftId: idSchema, sourceId: z.string().min(1).max(64).optional() }),
    z.strictObject({ operationId: idSchema }),
  ),
  /** removes what `createRole` made, newest first */
  undoCreation: call(
    // without `sourceId` with what it was made with
    z.strictObject({ draftId: idSchema, sourceId: z.string().min(1).max(64).optional() }),
    z.strictObject({ operationId: idSchema }),
  ),
  /** takes back everything that was made for a connection, newest first */
  undoConnection: call(z.strictObject({ connectionId: idSchema }), z.strictObject({ operationId: idSchema })),
  /** the undo receipt as a text with a script that takes everything back */
  saveReceipt: call(z.strictObject({ connectionId: idSchema }), savedSchema),
  /** `again` goes on from what failed */
  testConnection: call(
    z.strictObject({ draftId: idSchema, justMade: z.boolean(), again: z.boolean().optional() }),
    z.strictObject({ operationId: idSchema }),
  ),
  /** records the connection, opens a first session and ends the draft; a request's role is recorded only, not tested */
  finish: call(
    z.strictObject({
      draftId: idSchema,
      name: labelSchema,
      durationSeconds: sessionDurationSchema,
      reviewInMonths: z.int().min(1).max(24).optional(),
    }),
    z.strictObject({ connectionId: idSchema, sessionId: idSchema.optional() }),
  ),
};
