import { existsSync } from 'node:fs';
import type { ImportCandidate, ImportPreview, SharedPreview } from '../../core/contract/imports';
import { parseRoleArn } from '../../core/domain/arn';
import { mostConnections, type Connection } from '../../core/domain/connection';
import { saysItIsConnections } from '../../core/domain/connection-export';
import { readForeignRoles, type FoundRole, type FoundRoles } from '../../core/domain/import-roles';
import { partitionById } from '../../core/domain/partitions';
import type { Source } from '../../core/domain/source';
import { err, ok, type Result } from '../../core/result';
import { largestAwsFile } from '../aws/profiles';
import type { Connections } from '../connections/connections';
import type { PersonFiles } from '../platform/person-files';
import { readTextFile } from '../platform/read-text-file';
import type { Sources } from '../sources/sources';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import { SharedConnections, tooMany, type SharedConnectionsPorts } from './shared-connections';

export type ImportPlaces = { readonly 'aws-config': string; readonly leapp: string };

export type ImportsPorts = Pick<WorkspaceContext, 'audit' | 'clock' | 'newId'> &
  Pick<SharedConnectionsPorts, 'kept'> & {
    readonly connections: Connections;
    readonly sources: Sources;
    readonly files: Pick<PersonFiles, 'chooseImport' | 'saveFile'>;
    /** where the other tools keep them on this computer; absolute */
    readonly places: ImportPlaces;
  };

/**
 * Roles that other tools know become connections. Their files are read, and never written. What was shown is what is
 * imported: the window names entries of the preview, and the file is not looked at again (S-28).
 */
export class Imports {
  readonly #ports: ImportsPorts;
  /** what a team exported from Sallyport itself */
  readonly shared: SharedConnections;
  /** the latest only */
  #shown: { readonly id: string; readonly path: string; readonly found: FoundRoles } | undefined;

  constructor(ports: ImportsPorts) {
    this.#ports = ports;
    this.shared = new SharedConnections(ports);
  }

  async preview(
    from: 'aws-config' | 'leapp' | 'file',
  ): Promise<Result<{ preview?: ImportPreview; shared?: SharedPreview }>> {
    const { files, newId, places } = this.#ports;
    const path = from === 'file' ? await files.chooseImport() : places[from];
    if (path === undefined) return ok({});
    if (!existsSync(path)) return err(noFile(path));
    const file = readTextFile(path, largestAwsFile);
    if (!file.ok) return file;
    if (saysItIsConnections(file.value.text)) {
      const shared = this.shared.preview(file.value.text, path);
      return shared.ok ? ok({ shared: shared.value }) : shared;
    }
    const found = readForeignRoles(file.value.text);
    if ('problem' in found) return err(unreadable(found.problem, found.whatToDo));
    this.#shown = { id: newId(), path, found };
    const { format, others } = found;
    return ok({
      preview: { previewId: this.#shown.id, path, format, others, candidates: this.#candidates(found.roles) },
    });
  }

  run(previewId: string, keys: readonly number[]): Result<{ imported: number }> {
    const { audit, connections } = this.#ports;
    const shown = this.#shown;
    if (shown?.id !== previewId) return err(notFound('This preview'));
    const wanted = new Set(keys);
    // judged anew: a role may have been connected since it was shown
    const picked = this.#candidates(shown.found.roles).filter(({ key }) => wanted.has(key));
    const made = picked.flatMap((candidate) => this.#connection(candidate, shown.found.format) ?? []);
    if (connections.count() + made.length > mostConnections) return err(tooMany);
    const saved = connections.add(...made);
    if (!saved.ok) return saved;
    audit({ act: 'connections.imported', subject: shown.path, count: made.length });
    return ok({ imported: made.length });
  }

  #candidates(roles: readonly FoundRole[]): ImportCandidate[] {
    const known = new Map(this.#ports.connections.all().map(({ name, roleArn }) => [roleArn, name]));
    return roles.map((role, key) => {
      const sameAs = known.get(role.roleArn);
      if (role.problem === undefined && sameAs === undefined) known.set(role.roleArn, role.name);
      const source = this.#sourceFor(role);
      return {
        ...role,
        key,
        ...(sameAs === undefined ? {} : { sameAs }),
        ...(source === undefined ? {} : { sourceLabel: source.label }),
      };
    });
  }

  /** The profile that the file says, where it is a source identity already; else the one in use. */
  #sourceFor({ parent }: FoundRole): Source | undefined {
    const views = this.#ports.sources.list();
    const named = views.find(({ source }) => source.kind === 'profile' && source.profileName === parent);
    return named?.source ?? this.#ports.sources.selected()?.source;
  }

  #connection(candidate: ImportCandidate, from: FoundRoles['format']): Connection | undefined {
    const role = parseRoleArn(candidate.roleArn);
    if (role === undefined || candidate.problem !== undefined || candidate.sameAs !== undefined) return undefined;
    const { clock, newId } = this.#ports;
    const { durationSeconds = 0, externalId, mfaSerial, name, region } = candidate;
    const source = this.#sourceFor(candidate);
    return {
      id: newId(),
      name: name.slice(0, 80).trim(),
      roleArn: role.arn,
      roleName: role.roleName,
      accountId: role.accountId,
      partition: role.partition,
      region: region ?? regionOf(role.partition, source),
      ...(externalId === undefined ? {} : { externalId }),
      recipeId: 'custom',
      sourceId: source?.id ?? '',
      madeBy: 'elsewhere',
      createdAt: clock.now(),
      // what was asked for there the role allows; more is not known before it was looked at
      maxSessionDuration: Math.max(3600, durationSeconds),
      status: 'not-tested',
      receipt: [],
      imported: { from, name, ...(mfaSerial === undefined ? {} : { mfaSerial }) },
    };
  }
}

/** Where the source calls AWS, if that is the role's partition. */
function regionOf(partition: string, source: Source | undefined): string {
  const { defaultRegion = 'us-east-1', regionPrefixes = [] } = partitionById(partition) ?? {};
  const fits = source !== undefined && regionPrefixes.some((prefix) => source.region.startsWith(prefix));
  return fits ? source.region : defaultRegion;
}

const untouched = { whatDidNotChange: 'Nothing was imported, and no file was changed.' };

function noFile(path: string) {
  return appError('not-found', `There is no file at ${path}.`, {
    ...untouched,
    whatToDo: 'Choose the file where it is.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}

function unreadable(message: string, whatToDo: string) {
  return appError('invalid-input', message, { ...untouched, whatToDo });
}
