import { createHash } from 'node:crypto';
import { callerOf } from '../../core/domain/caller';
import type { RevocationTarget } from './targets';
import { revocationRequestExtension } from '../../core/domain/exchange-file';
import type { Workspace } from '../../core/domain/limits';
import type { Revocation } from '../../core/domain/revocation';
import { writeRevocationRequest, type RevocationRequest } from '../../core/domain/revocation-request';
import { documentHtml } from '../../core/render/document-html';
import { whyNoRevocationScript, type RevocationGround } from '../../core/render/revocation-acts';
import { revocationReport } from '../../core/render/revocation-report';
import { revocationReportJson, type ReportMeta } from '../../core/render/revocation-report-json';
import { revocationRequestPage } from '../../core/render/revocation-request-page';
import { revocationScripts } from '../../core/render/revocation-script';
import { err, ok, type Result } from '../../core/result';
import type { PersonFiles, TextFile } from '../platform/person-files';
import type { Sources } from '../sources/sources';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import type { Revocations } from './revocations';

export type RevocationFilesPorts = Pick<WorkspaceContext, 'clock' | 'audit'> & {
  readonly revocations: Pick<Revocations, 'find' | 'targets'>;
  readonly sources: Pick<Sources, 'identity' | 'find'>;
  readonly files: PersonFiles;
  readonly kind: Workspace;
  /** of the app */
  readonly version: string;
};

export type RevocationFile = 'report-html' | 'report-json' | 'request' | 'request-page' | 'bash' | 'powershell';

/** What of a revocation goes into files: for an auditor, and for the owner of the account. */
export class RevocationFiles {
  readonly #ports: RevocationFilesPorts;

  constructor(ports: RevocationFilesPorts) {
    this.#ports = ports;
  }

  /** Without `path` the person chose no place. */
  async save(revocationId: string, what: RevocationFile): Promise<Result<{ path?: string }>> {
    const revocation = this.#ports.revocations.find(revocationId);
    if (revocation === undefined) return err(notFound('This revocation'));
    const file = await this.#file(revocation, this.#ports.revocations.targets.ofRecord(revocation), what);
    if (!file.ok) return file;
    const saved = await this.#ports.files.saveFile(file.value);
    if (!saved.ok) return saved;
    if (saved.value === undefined) return ok({});
    this.#ports.audit({ act: 'revocation.saved', subject: revocation.roleArn, revocationId, what });
    return ok({ path: saved.value });
  }

  async #file(revocation: Revocation, target: RevocationTarget, what: RevocationFile): Promise<Result<TextFile>> {
    const name = `${revocation.roleName}-revocation`;
    switch (what) {
      case 'report-json':
        return ok({ name: `${name}.json`, text: this.#json(revocation) });
      case 'report-html': {
        const digest = createHash('sha256').update(this.#json(revocation)).digest('hex');
        return ok({
          name: `${name}.html`,
          text: documentHtml(revocationReport(revocation, { ...this.#meta(), digest, now: this.#ports.clock.now() })),
        });
      }
      case 'request': {
        const text = writeRevocationRequest(await this.#request(revocation, target));
        return text.ok ? ok({ name: `${name}${revocationRequestExtension}`, text: text.value }) : text;
      }
      case 'request-page': {
        const request: RevocationRequest = {
          ...{ kind: 'sallyport-revocation-request', version: 1 },
          ...(await this.#request(revocation, target)),
        };
        return ok({
          name: `${name}-request.html`,
          text: documentHtml(revocationRequestPage({ request, ...(await this.#caller(target)) })),
        });
      }
      case 'bash':
      case 'powershell':
        return script(await this.#ground(revocation, target), what);
    }
  }

  async #ground({ roleArn, stack, way }: Revocation, target: RevocationTarget): Promise<RevocationGround> {
    return {
      ...{ region: target.region, roleArn, way },
      ...(stack === undefined ? {} : { stack }),
      ...(await this.#caller(target)),
    };
  }

  async #caller({ sourceId }: RevocationTarget): Promise<Pick<RevocationGround, 'caller'>> {
    const identity = sourceId === undefined ? undefined : await this.#ports.sources.identity(sourceId);
    const caller = identity?.ok === true ? callerOf(identity.value.arn) : undefined;
    return identity?.ok === true && caller !== undefined
      ? { caller: { ...caller, accountId: identity.value.accountId } }
      : {};
  }

  #json(revocation: Revocation): string {
    return revocationReportJson(revocation, this.#meta());
  }

  #meta(): ReportMeta {
    return { version: this.#ports.version, workspace: this.#ports.kind };
  }

  async #request(
    { accountId, roleArn, roleName, stack, startedAt, way }: Revocation,
    target: RevocationTarget,
  ): Promise<Omit<RevocationRequest, 'kind' | 'version'>> {
    const { sources } = this.#ports;
    const caller = target.sourceId === undefined ? undefined : await sources.identity(target.sourceId);
    const askedBy =
      caller?.ok === true
        ? `${caller.value.name} of ${caller.value.accountId}`
        : (sources.find(target.sourceId ?? '')?.label ?? 'Somebody with Sallyport');
    return {
      ...{ askedAt: startedAt, askedBy: askedBy.slice(0, 80), roleArn, roleName, accountId, way, why: '' },
      region: target.region,
      ...(stack === undefined ? {} : { stack }),
    };
  }
}

function script(ground: RevocationGround, what: 'bash' | 'powershell'): Result<TextFile> {
  const scripts = revocationScripts(ground);
  if (scripts !== undefined) return ok({ name: scripts[what].name, text: scripts[what].text });
  return err(
    appError('not-possible', whyNoRevocationScript(ground) ?? 'There is no script for this way.', {
      whatToDo: 'Save the page for the owner instead: it has the clicks.',
    }),
  );
}
