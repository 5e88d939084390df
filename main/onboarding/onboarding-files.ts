import { replyExtension, requestExtension } from '../../core/domain/exchange-file';
import { previewPlan } from '../../core/domain/plan-preview';
import { findRecipe } from '../../core/recipes/catalog';
import { documentHtml } from '../../core/render/document-html';
import { documentMarkdown } from '../../core/render/document-markdown';
import { renderPlan } from '../../core/render/render-plan';
import type { RenderingForm } from '../../core/render/rendering';
import { requestPage } from '../../core/render/request-page';
import { undoReceipt } from '../../core/render/undo-receipt';
import { err, ok, type Result } from '../../core/result';
import type { Connections } from '../connections/connections';
import type { PersonFiles, TextFile } from '../platform/person-files';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import type { Onboarding } from './onboarding';
import type { Receipts } from './receipts';

export type OnboardingFilesPorts = Pick<WorkspaceContext, 'clock'> & {
  readonly onboarding: Pick<Onboarding, 'get' | 'requestText'> & {
    readonly replies: Pick<Onboarding['replies'], 'textOf'>;
  };
  readonly connections: Pick<Connections, 'find'>;
  readonly receipts: Pick<Receipts, 'leftOf'>;
  readonly files: PersonFiles;
};

/** Without `path` the person chose no place. */
type Saved = Promise<Result<{ path?: string }>>;

/** How the page for an owner without the app is written. */
const pages = {
  html: { write: documentHtml, extension: '.html' },
  markdown: { write: documentMarkdown, extension: '.md' },
} as const;

/** What goes between a wizard, or its connection, and files that the person sends, keeps or runs. */
export class OnboardingFiles {
  readonly #ports: OnboardingFilesPorts;

  constructor(ports: OnboardingFilesPorts) {
    this.#ports = ports;
  }

  /** The request for the owner as a file. */
  async saveRequest(draftId: string): Saved {
    const request = this.#ports.onboarding.requestText(draftId);
    if (!request.ok) return request;
    return await this.#save({ name: `${this.#roleName(draftId)}${requestExtension}`, text: request.value.text });
  }

  /** The request as a page for an owner who has no Sallyport; from the review on. */
  async saveRequestPage(draftId: string, form: keyof typeof pages): Saved {
    const { clock, onboarding } = this.#ports;
    const view = onboarding.get(draftId);
    if (!view.ok) return view;
    const { draft, plan, planHash } = view.value;
    const { account, options, recipeId, trusted } = draft.state.answers;
    const recipe = findRecipe(recipeId ?? '');
    const isWhole =
      plan !== undefined &&
      planHash !== undefined &&
      recipe !== undefined &&
      account !== undefined &&
      options !== undefined;
    if (draft.origin === 'request' || !isWhole || trusted === undefined) {
      return err(
        appError('not-possible', 'There is nothing to ask an owner for.', {
          whatToDo: 'Answer the steps of a wizard of your own up to the review.',
        }),
      );
    }
    const { extension, write } = pages[form];
    const page = requestPage({
      account,
      createdAt: clock.now(),
      externalId: draft.externalId,
      options,
      plan,
      planHash,
      preview: previewPlan(recipe, plan, options, trusted),
      recipeTitle: recipe.title,
      trusted,
    });
    return await this.#save({ name: `${options.roleName}-request${extension}`, text: write(page) });
  }

  /** What the owner sends back. */
  async saveReply(draftId: string): Saved {
    const reply = this.#ports.onboarding.replies.textOf(draftId);
    if (!reply.ok) return reply;
    return await this.#save({ name: `${this.#roleName(draftId)}${replyExtension}`, text: reply.value.text });
  }

  /** What was made for a connection and how it goes, or how it went. */
  async saveReceipt(connectionId: string): Saved {
    const { clock, connections, receipts } = this.#ports;
    const connection = connections.find(connectionId);
    if (connection === undefined) return err(notFound('This connection'));
    const { receipt, roleName, undone } = connection;
    if (receipt.length === 0 && undone === undefined) {
      return err(
        appError('not-possible', 'Sallyport made nothing for this connection, so there is no receipt.', {
          whatToDo: 'The role’s page in the AWS console removes it.',
        }),
      );
    }
    const text = documentMarkdown(undoReceipt({ connection, now: clock.now(), plan: receipts.leftOf(connectionId) }));
    return await this.#save({ name: `${roleName}-undo-receipt.md`, text });
  }

  /** The plan's files for one tool. Without `folder` the person chose none. */
  async saveRendering(draftId: string, form: RenderingForm): Promise<Result<{ folder?: string }>> {
    const { files, onboarding } = this.#ports;
    const view = onboarding.get(draftId);
    if (!view.ok) return view;
    const { plan } = view.value;
    if (plan === undefined) return err(notFound('This plan'));
    const saved = await files.saveFolder(`${this.#roleName(draftId)}-${form}`, renderPlan(plan, form).files);
    if (!saved.ok) return saved;
    return ok(saved.value === undefined ? {} : { folder: saved.value });
  }

  async #save(file: TextFile): Saved {
    const saved = await this.#ports.files.saveFile(file);
    if (!saved.ok) return saved;
    return ok(saved.value === undefined ? {} : { path: saved.value });
  }

  #roleName(draftId: string): string {
    const view = this.#ports.onboarding.get(draftId);
    return (view.ok ? view.value.draft.state.answers.options?.roleName : undefined) ?? 'access';
  }
}
