import { basename } from 'node:path';
import type { SharedChoices, SharedEntry, SharedPreview } from '../../core/contract/imports';
import { formatCsv } from '../../core/domain/account-list-csv';
import { parseRoleArn } from '../../core/domain/arn';
import { mostConnections, stillLetsIn, type Connection } from '../../core/domain/connection';
import {
  connectionExportExtension,
  differences,
  fieldText,
  readConnectionExport,
  shared,
  writeConnectionExport,
  type SharedConnection,
  type SharedField,
} from '../../core/domain/connection-export';
import { findRecipe } from '../../core/recipes/catalog';
import { err, ok, type Result } from '../../core/result';
import { dropKept, isUsed, type KeptBeside } from '../connections/kept-beside';
import { auditLine, type Connections } from '../connections/connections';
import type { PersonFiles } from '../platform/person-files';
import type { Sources } from '../sources/sources';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';

export type SharedConnectionsPorts = Pick<WorkspaceContext, 'audit' | 'clock' | 'newId'> & {
  readonly connections: Pick<Connections, 'all' | 'find' | 'change'>;
  readonly sources: Pick<Sources, 'selected'>;
  readonly files: Pick<PersonFiles, 'saveFile'>;
  readonly kept: KeptBeside;
};

type Shown = { readonly id: string; readonly path: string; readonly entries: readonly SharedConnection[] };
/** What it made of the records, as they were written. */
type Done = {
  readonly id: string;
  readonly added: readonly Connection[];
  readonly changed: readonly { readonly was: Connection; readonly made: Connection }[];
};

/** Connections that go to a team and come from it. What a person did not choose is not written over. */
export class SharedConnections {
  readonly #ports: SharedConnectionsPorts;
  /** the latest only */
  #shown: Shown | undefined;
  #done: Done | undefined;

  constructor(ports: SharedConnectionsPorts) {
    this.#ports = ports;
  }

  /** Without IDs all of them; `path` is undefined where the person chose none. */
  async save(
    format: 'file' | 'csv',
    connectionIds: readonly string[] | undefined,
  ): Promise<Result<{ path?: string; written: number; heldBack: number }>> {
    const { audit, clock, connections, files } = this.#ports;
    const wanted = connectionIds === undefined ? undefined : new Set(connectionIds);
    const picked = connections.all().filter(({ id }) => wanted === undefined || wanted.has(id));
    const made =
      format === 'file'
        ? writeConnectionExport(picked, clock.now())
        : ok({ text: csvOf(picked), written: picked.length, heldBack: 0 });
    if (!made.ok) return made;
    const { heldBack, text, written } = made.value;
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    const name = format === 'file' ? `connections-${day}${connectionExportExtension}` : `connections-${day}.csv`;
    const saved = await files.saveFile({ name, text });
    if (!saved.ok) return saved;
    if (saved.value === undefined) return ok({ written, heldBack });
    audit({ act: 'connections.exported', subject: basename(saved.value), count: written });
    return ok({ path: saved.value, written, heldBack });
  }

  /** Reads and changes nothing. */
  preview(text: string, path: string): Result<SharedPreview> {
    const read = readConnectionExport(text);
    if (!read.ok) return read;
    const entries = read.value.connections.map((one) => ({ ...one, recipeId: recipeOf(one) }));
    this.#shown = { id: this.#ports.newId(), path, entries };
    return ok({
      previewId: this.#shown.id,
      path,
      exportedAt: read.value.exportedAt,
      entries: this.#entries(this.#shown),
    });
  }

  /** Judged anew: what is new or differs may have changed since it was shown. All of it or nothing. */
  merge(previewId: string, { add, take }: SharedChoices): Result<{ importId: string; added: number; changed: number }> {
    const { audit, connections, newId } = this.#ports;
    const shown = this.#shown;
    if (shown?.id !== previewId) return err(notFound('This preview'));
    const entries = this.#entries(shown);
    const wanted = new Set(add);
    const added = entries
      .filter(({ key, state }) => wanted.has(key) && (state === 'new' || state === 'twice'))
      .flatMap(({ key }) => this.#connection(shown.entries[key]) ?? []);
    if (new Set(added.map(({ roleArn }) => roleArn)).size < added.length) return err(bothOfOne);
    const byRole = this.#byRole();
    const before: Connection[] = [];
    const changed = take.flatMap(({ fields, key }) => {
      const theirs = shown.entries[key];
      const mine = theirs && byRole.get(theirs.roleArn);
      if (theirs === undefined || mine === undefined || fields.length === 0) return [];
      before.push(mine);
      return [withFields(mine, theirs, fields)];
    });
    if (new Set(before).size < before.length) return err(bothOfOne);
    if (connections.all().length + added.length > mostConnections) return err(tooMany);
    const saved = connections.change([...added, ...changed]);
    if (!saved.ok) return saved;
    audit(
      { act: 'connections.imported', subject: basename(shown.path), count: added.length },
      ...added.map(auditLine('connection.added')),
      ...changed.map(auditLine('connections.changed-by-import')),
    );
    this.#shown = undefined;
    const madeOf = ({ id }: Connection) => connections.find(id) ?? [];
    const importId = newId();
    this.#done = {
      id: importId,
      added: added.flatMap(madeOf),
      changed: before.flatMap((was) => ({ was, made: connections.find(was.id) ?? was })),
    };
    return ok({ importId, added: added.length, changed: changed.length });
  }

  /** Takes the latest import back: what it added and nobody touched goes, and what it changed and nobody since is as it was. */
  undo(importId: string): Result<Record<string, never>> {
    const { audit, connections, kept } = this.#ports;
    const done = this.#done;
    if (done?.id !== importId) return err(notFound('This import'));
    const put = done.changed.flatMap(({ made, was }) => {
      const now = connections.find(was.id);
      return now === undefined ? [] : [asBefore(now, made, was)];
    });
    // one that was tested, edited or used meanwhile is somebody’s work by now
    const unused = done.added.flatMap((made) => {
      const now = connections.find(made.id);
      return now !== undefined && JSON.stringify(now) === JSON.stringify(made) && !isUsed(kept, made.id) ? [now] : [];
    });
    const saved = connections.change(
      put,
      unused.map(({ id }) => id),
    );
    if (!saved.ok) return saved;
    audit(...unused.map(auditLine('connection.forgotten')), {
      act: 'connections.import-undone',
      subject: importId,
      count: unused.length + put.length,
    });
    for (const { id } of unused) {
      const dropped = dropKept(kept, id);
      if (!dropped.ok) return dropped;
    }
    this.#done = undefined;
    return ok({});
  }

  #byRole(): ReadonlyMap<string, Connection> {
    return new Map(this.#ports.connections.all().map((one) => [one.roleArn, one]));
  }

  #entries({ entries }: Shown): SharedEntry[] {
    const byRole = this.#byRole();
    const times = new Map<string, number>();
    for (const { roleArn } of entries) times.set(roleArn, (times.get(roleArn) ?? 0) + 1);
    return entries.map((theirs, key) => {
      const { name, roleArn } = theirs;
      const known = byRole.get(roleArn);
      const entry = { key, name, roleArn };
      if (known === undefined) return { ...entry, state: times.get(roleArn) === 1 ? 'new' : 'twice', fields: [] };
      const mine = shared(known);
      const fields = differences(mine, theirs).map((field) => ({
        field,
        mine: fieldText(mine, field),
        theirs: fieldText(theirs, field),
      }));
      return { ...entry, name: known.name, state: fields.length === 0 ? 'same' : 'differs', fields };
    });
  }

  #connection(theirs: SharedConnection | undefined): Connection | undefined {
    if (theirs === undefined) return undefined;
    const role = parseRoleArn(theirs.roleArn);
    if (role === undefined) return undefined;
    const { clock, newId, sources } = this.#ports;
    return {
      ...theirs,
      id: newId(),
      roleName: role.roleName,
      accountId: role.accountId,
      partition: role.partition,
      sourceId: sources.selected()?.source.id ?? '',
      madeBy: 'elsewhere',
      createdAt: clock.now(),
      status: 'not-tested',
      receipt: [],
    };
  }
}

/** One that a newer Sallyport knows is none of ours. */
function recipeOf({ recipeId }: SharedConnection): string {
  return findRecipe(recipeId) === undefined ? 'custom' : recipeId;
}

/** By them the role is entered: a test of what they were before says nothing of what they are. */
const entering: readonly SharedField[] = ['externalId', 'region', 'maxSessionDuration'];

function withFields(mine: Connection, theirs: SharedConnection, fields: readonly SharedField[]): Connection {
  const kept = Object.entries(mine).filter(([name]) => !(fields as readonly string[]).includes(name));
  const taken = fields.map((field) => [field, theirs[field]] as const).filter(([, value]) => value !== undefined);
  const made = Object.fromEntries([...kept, ...taken]) as Connection;
  if (!fields.some((field) => entering.includes(field))) return made;
  const { lastTest: _before, ...untested } = made;
  return stillLetsIn(made.status) ? { ...untested, status: 'not-tested' } : untested;
}

/**
 * In the shared fields that were changed to what they are still; its last test holds again where it is entered by the same
 * as then and was not tested since.
 */
function asBefore(now: Connection, made: Connection, was: Connection): Connection {
  const since = new Set(differences(shared(now), shared(made)));
  const ours = differences(shared(made), shared(was)).filter((field) => !since.has(field));
  const back = withFields(now, shared(was), ours);
  const isEnteredAsThen = !differences(shared(back), shared(was)).some((field) => entering.includes(field));
  if (now.status !== 'not-tested' || now.lastTest !== undefined || !isEnteredAsThen) return back;
  return { ...back, status: was.status, ...(was.lastTest && { lastTest: was.lastTest }) };
}

function csvOf(connections: readonly Connection[]): string {
  const head = ['Name', 'Account', 'Role', 'Role ARN', 'Region', 'Recipe', 'Folder', 'Tags', 'Status', 'Review'];
  const rows = connections.map((one) => [
    one.name,
    one.accountId,
    one.roleName,
    one.roleArn,
    one.region,
    findRecipe(one.recipeId)?.title ?? one.recipeId,
    one.folder ?? '',
    (one.tags ?? []).join(', '),
    one.status,
    one.reviewAt === undefined ? '' : new Date(one.reviewAt).toISOString().slice(0, 10),
  ]);
  return formatCsv([head, ...rows]);
}

const untouched = { whatDidNotChange: 'Nothing was imported.' };
export const tooMany = appError('not-possible', `There would be more than ${String(mostConnections)} connections.`, {
  ...untouched,
  whatToDo: 'Import fewer of them.',
});
const bothOfOne = appError('not-possible', 'The same role was chosen twice, with different words.', {
  ...untouched,
  whatToDo: 'Choose one of the two.',
});
