import type { DraftView, ReplyView } from '../../core/contract/onboarding';
import { readConnectionReply, writeConnectionReply, type ConnectionReply } from '../../core/domain/connection-reply';
import { parseRoleArn } from '../../core/domain/arn';
import { readRoleReference } from '../../core/domain/role-reference';
import { hasMadeThings, type Draft, type WizardEvent } from '../../core/domain/wizard';
import { findRecipe } from '../../core/recipes/catalog';
import { err, ok, type Result } from '../../core/result';
import type { Connections } from '../connections/connections';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import type { Drafts } from './drafts';
import type { DraftsDocument } from './onboarding';

export type RepliesPorts = Pick<WorkspaceContext, 'clock' | 'audit'> & {
  readonly drafts: Drafts<DraftsDocument>;
  readonly connections: Pick<Connections, 'findByExternalId'>;
};

type Found = { readonly reply: ConnectionReply; readonly draft: Draft };

/** What an owner sends back for a request: written at their end, and taken into the wizard that asked at the other. */
export class Replies {
  readonly #ports: RepliesPorts;

  constructor(ports: RepliesPorts) {
    this.#ports = ports;
  }

  /** The reply to the request that this draft was begun from; at its last step. */
  textOf(draftId: string): Result<{ text: string }> {
    const { clock, drafts } = this.#ports;
    const draft = drafts.find(draftId);
    if (draft === undefined) return err(notFound('This wizard'));
    const { account, creation, roleArn = drafts.plan(draft)?.roleArn } = draft.state.answers;
    const exists = draft.state.step === 'test' && (creation?.state === 'done' || creation?.state === 'ready');
    if (draft.origin !== 'request' || !exists || account === undefined || roleArn === undefined) {
      return err(
        appError('not-possible', 'There is nothing to reply with yet.', {
          whatToDo: 'A reply is made at the end of a wizard that was begun from a request.',
        }),
      );
    }
    const written = writeConnectionReply({
      createdAt: clock.now(),
      externalId: draft.externalId,
      accountId: parseRoleArn(roleArn)?.accountId ?? account.accountId,
      roleArn,
      madeWith: creation.way,
    });
    return written.ok ? ok({ text: written.value }) : written;
  }

  /** Whose request a reply answers, and what is other than asked. Changes nothing. */
  read(text: string): Result<ReplyView> {
    const found = this.#find(text);
    if (!found.ok) return found;
    const { reply, draft } = found.value;
    const { account, recipeId } = draft.state.answers;
    return ok({
      draftId: draft.id,
      title: account?.name ?? findRecipe(recipeId ?? '')?.title ?? 'Unnamed',
      reply,
      differences: this.#differences(found.value),
    });
  }

  /**
   * The draft that asked, at its test, with the role filled in.
   * SECURITY(S-28): nothing is made and nothing is tested by it; main reads the text itself.
   */
  take(text: string): Result<DraftView> {
    const found = this.#find(text);
    if (!found.ok) return found;
    const { reply, draft } = found.value;
    const { creation } = draft.state.answers;
    const events: WizardEvent[] = [
      // somebody made it with something; what is said here is only that this computer did not
      ...(creation === undefined ? [{ kind: 'accept-plan', way: 'console' } as const] : []),
      { kind: 'go-to', step: 'test' },
      { kind: 'set-role', roleArn: reply.roleArn },
    ];
    const taken = this.#ports.drafts.apply(draft.id, ...events);
    if (taken.ok) this.#ports.audit({ act: 'reply.taken', subject: reply.roleArn, draftId: draft.id });
    return taken;
  }

  #find(text: string): Result<Found> {
    const read = readConnectionReply(text);
    if (!read.ok) return read;
    const reply = read.value;
    const { connections, drafts } = this.#ports;
    const asked = drafts.list().filter(({ externalId }) => externalId === reply.externalId);
    const draft = asked.find(({ origin }) => origin === 'own');
    if (draft !== undefined) return check({ reply, draft });
    const connection = connections.findByExternalId(reply.externalId);
    if (connection !== undefined) {
      return err(
        refusal(`This reply was taken already: it belongs to the connection “${connection.name}”.`, {
          whatToDo: 'Look at that connection. If the role was made anew, begin a new request.',
        }),
      );
    }
    return err(
      asked.length > 0
        ? refusal('This reply was made here, for somebody else.', {
            whatToDo: 'Send it to whoever sent you the request. Their Sallyport opens it.',
          })
        : refusal('No wizard here has asked for this.', {
            whatToDo:
              'It may be on another computer, in the other workspace (practice or AWS), or discarded. Open the reply there, or paste its role into a wizard of its own.',
          }),
    );
  }

  #differences({ reply, draft }: Found): ReplyView['differences'] {
    const { account } = draft.state.answers;
    const planned = this.#ports.drafts.plan(draft)?.roleArn;
    if (account !== undefined && account.accountId !== reply.accountId) {
      return [{ what: 'account', asked: account.accountId, found: reply.accountId }];
    }
    return planned === undefined || planned === reply.roleArn
      ? []
      : [{ what: 'role', asked: planned, found: reply.roleArn }];
  }
}

/** What no draft may take, whatever a person says. */
function check(found: Found): Result<Found> {
  const { account, creation, options, recipeId, trusted } = found.draft.state.answers;
  if (recipeId === undefined || account === undefined || options === undefined || trusted === undefined) {
    return err(
      refusal('The wizard that asked for this has no answers any more that fit a role.', {
        whatToDo: 'Answer its steps up to the review again, then open the reply.',
      }),
    );
  }
  if (creation?.state === 'running' || hasMadeThings(creation)) {
    return err(
      refusal('The wizard that asked for this has begun to make the role itself.', {
        whatToDo: 'Undo what it made there, then open the reply; or go on with what it made.',
      }),
    );
  }
  const role = readRoleReference(found.reply.roleArn, {
    callerAccountId: trusted.accountId,
    callerPartition: trusted.partition,
  });
  if (role.kind === 'found') return ok(found);
  return err(
    refusal(role.kind === 'wrong' ? role.message : 'The role in this reply cannot be assumed.', {
      whatToDo: role.kind === 'wrong' ? role.whereToFind : 'Ask the owner of the account for the ARN of the role.',
    }),
  );
}

function refusal(message: string, { whatToDo }: { readonly whatToDo: string }) {
  return appError('not-possible', message, { whatDidNotChange: 'Nothing was taken from it.', whatToDo, field: 'text' });
}
