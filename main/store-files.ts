import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AppError } from '../core/app-error';
import { err, ok, type Result } from '../core/result';
import { keptTestEnds, testEndSchema, type TestEnd } from '../core/domain/health';
import type { Workspace as WorkspaceKind } from '../core/domain/limits';
import { connectionsCollection } from './connections/connections';
import { connectionNotesCollection } from './connections/connection-notes';
import { agreementsCollection, driftLooksCollection, putBacksCollection } from './connections/drift-records';
import { identityActsCollection } from './identities/act-records';
import { healthDocumentSchema } from './connections/health-schedule';
import { draftsDocumentSchema } from './onboarding/onboarding';
import { receiptsDocumentSchema } from './onboarding/receipts';
import { guardRailsDocument } from './organization/guard-rail-records';
import { accountListsDocument } from './organization/account-list-records';
import { departuresDocument } from './organization/departure-records';
import { subAccountsDocument } from './organization/records';
import { emptyHandoff, handoffDocumentSchema, type HandoffDocument } from './handoff/handoff-document';
import { practiceDocumentSchema, type PracticeDocument } from './practice';
import { keySightsCollection, reviewsCollection, reviewSettingsDocument } from './review/records';
import { batchesCollection, revocationsCollection } from './revocation/records';
import { sessionsDocument } from './sessions/session-records';
import { mostSources, sourcesDocumentSchema, type SourcesDocument } from './sources/sources-document';
import type { CollectionSpec, Kept, StoredCollection } from './store/collection';
import type { DocumentSpec, StoredDocument } from './store/document';
import { openCollection } from './store/file-collection';
import { LateCollection } from './store/late-collection';
import { LineFolder, type StoredLines } from './store/line-folder';
import { unwritableError } from './store/store-error';
import { openDocument } from './store/file-document';
import type { WorkspaceDocuments } from './workspace-documents';

/** Every file that the app keeps, in one place: its name, its shape, and what it is when there is none. */
export class StoreFiles {
  readonly #userData: string;
  readonly #now: () => number;
  readonly #problems: AppError[] = [];

  /** `userData` is absolute; `now` in milliseconds since the epoch. */
  constructor(userData: string, now: () => number) {
    this.#userData = userData;
    this.#now = now;
  }

  /** What was found wrong so far, in the order in which files were opened. */
  problems(): readonly AppError[] {
    return this.#problems;
  }

  /** Something else of ours that is not as it should be, to be told with them. */
  note(problem: AppError): void {
    this.#problems.push(problem);
  }

  practice(): StoredDocument<PracticeDocument> {
    return this.#open('practice', { name: 'sandbox', schema: practiceDocumentSchema, empty: {} });
  }

  /** Removes every file of the practice workspace. What was opened from them is to be opened anew. */
  emptyPractice(): Result<void> {
    const folder = join(this.#userData, 'practice');
    try {
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true, recursive: true });
      return ok(undefined);
    } catch (error) {
      return err(unwritableError('practice', error));
    }
  }

  /**
   * Removes every file of this app: both workspaces, the settings, the log. What Chromium keeps for the window stays. What
   * was opened from them is to be opened anew; settings are to be written first, so that no older ones are left behind.
   */
  emptyAll(): Result<void> {
    try {
      for (const name of ['practice', 'aws', 'logs'])
        rmSync(join(this.#userData, name), { force: true, recursive: true });
      for (const name of readdirSync(this.#userData)) {
        if (/^settings\..+\.json$/.test(name)) rmSync(join(this.#userData, name), { force: true });
      }
      this.#problems.length = 0;
      return ok(undefined);
    } catch (error) {
      return err(unwritableError('settings', error));
    }
  }

  workspace(kind: WorkspaceKind): WorkspaceDocuments {
    const sources = this.#open(kind, {
      name: 'sources',
      schema: sourcesDocumentSchema,
      empty: kind === 'practice' ? practiceSources : { sources: [] },
    });
    if (kind === 'practice') addMissingPracticeSources(sources);
    return {
      sources,
      drafts: this.#open(kind, { name: 'drafts', schema: draftsDocumentSchema, empty: { drafts: [] } }),
      connections: this.#openCollection(kind, connectionsCollection),
      connectionNotes: this.#openCollection(kind, connectionNotesCollection),
      agreements: this.#openCollection(kind, agreementsCollection),
      driftLooks: this.#openCollection(kind, driftLooksCollection),
      putBacks: this.#openCollection(kind, putBacksCollection),
      sessions: this.#open(kind, sessionsDocument),
      handoff: this.handoff(kind),
      receipts: this.#open(kind, { name: 'receipts', schema: receiptsDocumentSchema, empty: { receipts: [] } }),
      revocations: this.#openCollection(kind, revocationsCollection),
      revocationBatches: this.#openCollection(kind, batchesCollection),
      subAccounts: this.#open(kind, subAccountsDocument),
      departures: this.#open(kind, departuresDocument),
      accountLists: this.#open(kind, accountListsDocument),
      guardRails: this.#open(kind, guardRailsDocument),
      identityActs: this.#openCollection(kind, identityActsCollection),
      reviews: new LateCollection(() => this.#openCollection(kind, reviewsCollection)),
      keySights: new LateCollection(() => this.#openCollection(kind, keySightsCollection)),
      reviewSettings: this.#open(kind, reviewSettingsDocument),
      health: this.#open(kind, { name: 'health', schema: healthDocumentSchema, empty: { every: 'never' } }),
    };
  }

  /** Also of the workspace that is not opened: keys that a killed app left in a file do not wait for it. */
  handoff(kind: WorkspaceKind): StoredDocument<HandoffDocument> {
    return this.#open(kind, { name: 'handoff', schema: handoffDocumentSchema, empty: emptyHandoff });
  }

  /** Read when somebody asks for one of them, never at the start. */
  testHistory(kind: WorkspaceKind): StoredLines<TestEnd> {
    const directory = join(this.#userData, kind, 'tests');
    return new LineFolder({ directory, schema: testEndSchema, keep: keptTestEnds });
  }

  #open<T>(
    folder: string,
    spec: Pick<DocumentSpec<T>, 'name' | 'schema' | 'empty'> & Partial<DocumentSpec<T>>,
  ): StoredDocument<T> {
    const place = { directory: join(this.#userData, folder), now: this.#now };
    const document = openDocument<T>({ version: 1, migrations: [], ...spec }, place);
    if (document.problem !== undefined) this.#problems.push(document.problem);
    return document;
  }

  #openCollection<T extends Kept>(folder: string, spec: CollectionSpec<T>): StoredCollection<T> {
    const collection = openCollection(spec, { directory: join(this.#userData, folder), now: this.#now });
    if (collection.problem !== undefined) this.#problems.push(collection.problem);
    return collection;
  }
}

/**
 * The sandbox's identities are there from the start: the deployer is who the app calls as, the owner makes the roles, and
 * the management account has the organization.
 */
const practiceSources: SourcesDocument = {
  selectedId: 'practice-deployer',
  sources: [
    { kind: 'sandbox', id: 'practice-deployer', label: 'practice-deployer', identity: 'deployer', region: 'eu-west-1' },
    { kind: 'sandbox', id: 'practice-owner', label: 'practice-owner', identity: 'owner', region: 'eu-west-1' },
    {
      ...{ kind: 'sandbox', id: 'practice-management', label: 'practice-management' },
      ...{ identity: 'management', region: 'eu-west-1' },
    },
  ],
};

/** Practice that began before there was one of them gets it too. */
function addMissingPracticeSources(document: StoredDocument<SourcesDocument>): void {
  const known = new Set(document.read().sources.map(({ id }) => id));
  const missing = practiceSources.sources.filter(({ id }) => !known.has(id));
  if (missing.length === 0) return;
  document.update((current) => ({ ...current, sources: [...current.sources, ...missing].slice(0, mostSources) }));
}
