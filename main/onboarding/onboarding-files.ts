import { requestExtension } from '../../core/domain/connection-request';
import { renderPlan } from '../../core/render/render-plan';
import type { RenderingForm } from '../../core/render/rendering';
import { err, ok, type Result } from '../../core/result';
import type { PersonFiles } from '../platform/person-files';
import { notFound } from '../workspace-context';
import type { Onboarding } from './onboarding';

export type OnboardingFilesPorts = {
  readonly onboarding: Pick<Onboarding, 'get' | 'requestText'>;
  readonly files: PersonFiles;
};

/** What goes between a wizard and files that the person sends, keeps or runs. */
export class OnboardingFiles {
  readonly #ports: OnboardingFilesPorts;

  constructor(ports: OnboardingFilesPorts) {
    this.#ports = ports;
  }

  /** The request for the owner as a file. Without `path` the person chose no place. */
  async saveRequest(draftId: string): Promise<Result<{ path?: string }>> {
    const { files, onboarding } = this.#ports;
    const request = onboarding.requestText(draftId);
    if (!request.ok) return request;
    const saved = await files.saveFile({
      name: `${this.#roleName(draftId)}${requestExtension}`,
      text: request.value.text,
    });
    if (!saved.ok) return saved;
    return ok(saved.value === undefined ? {} : { path: saved.value });
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

  #roleName(draftId: string): string {
    const view = this.#ports.onboarding.get(draftId);
    return (view.ok ? view.value.draft.state.answers.options?.roleName : undefined) ?? 'access';
  }
}
