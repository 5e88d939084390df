import type { Workspace as WorkspaceKind } from '../core/domain/limits';
import { err } from '../core/result';
import { ConnectionNotes } from './connections/connection-notes';
import { Activity } from './activity/activity';
import { Connections } from './connections/connections';
import { DriftWatch } from './connections/drift-watch';
import { Health } from './connections/health';
import { PutBacks } from './connections/put-backs';
import { Handoff } from './handoff/handoff';
import { Identities } from './identities/identities';
import { Imports } from './import/imports';
import { Narrowing } from './narrowing/narrowing';
import { Onboarding } from './onboarding/onboarding';
import { Receipts } from './onboarding/receipts';
import { OnboardingFiles } from './onboarding/onboarding-files';
import { Operations } from './operations/operations';
import { GuardRails } from './organization/guard-rails';
import { AccountLists } from './organization/account-lists';
import { Departures } from './organization/departures';
import { Organization } from './organization/organization';
import { SubAccounts } from './organization/sub-accounts';
import { Permissions } from './permissions/permissions';
import { Reviews } from './review/reviews';
import { AfterCare } from './revocation/after-care';
import { Batches } from './revocation/batches';
import { RevocationFiles } from './revocation/revocation-files';
import { Revocations } from './revocation/revocations';
import { wipeCliCache, wipeLocally } from './revocation/wiping';
import { Favourites } from './sessions/favourites';
import { Sessions } from './sessions/sessions';
import { SignIns } from './sources/sign-ins';
import { Sources } from './sources/sources';
import { SureTime } from './sources/sure-time';
import { heard, notFound } from './workspace-context';
import type { WorkspacePorts } from './workspace-ports';

/** Everything of one workspace, practice or AWS, wired together. The two share nothing but the keychain and the window. */
export class Workspace {
  readonly kind: WorkspaceKind;
  readonly activity: Activity;
  readonly operations: Operations;
  readonly sources: Sources;
  readonly sessions: Sessions;
  readonly handoff: Handoff;
  readonly favourites: Favourites;
  readonly connections: Connections;
  readonly imports: Imports;
  readonly health: Health;
  readonly drift: DriftWatch;
  readonly putBacks: PutBacks;
  readonly narrowing: Narrowing;
  readonly notes: ConnectionNotes;
  readonly onboarding: Onboarding;
  readonly onboardingFiles: OnboardingFiles;
  readonly receipts: Receipts;
  readonly permissions: Permissions;
  readonly revocations: Revocations;
  readonly revocationCare: AfterCare;
  readonly revocationBatches: Batches;
  readonly revocationFiles: RevocationFiles;
  readonly organization: Organization;
  readonly subAccounts: SubAccounts;
  readonly departures: Departures;
  readonly accountLists: AccountLists;
  readonly guardRails: GuardRails;
  readonly identities: Identities;
  readonly reviews: Reviews;
  readonly #ports: WorkspacePorts;
  readonly #sureTime: SureTime;
  #stopWatching = (): void => undefined;
  #isStopped = false;

  constructor(given: WorkspacePorts) {
    // what reviews are made of changes in many places
    const ports = { ...given, publisher: heard(given.publisher, (topics) => this.reviews.noteChange(topics)) };
    this.#ports = ports;
    this.kind = ports.kind;
    const { documents } = ports;
    this.operations = new Operations(ports);
    // what was handed on for a session goes with it, whoever ended it
    const publisher = heard(ports.publisher, (topics) => {
      if (topics.includes('sessions')) this.handoff.settle();
    });
    const { identityCenter: api } = ports;
    this.sources = new Sources({
      ...ports,
      document: documents.sources,
      ...(api === undefined
        ? {}
        : { signIns: new SignIns({ ...ports, api, document: documents.sources, operations: this.operations }) }),
    });
    const sureTime = new SureTime({ clock: ports.clock, sources: this.sources });
    this.#sureTime = sureTime;
    this.sessions = new Sessions({
      ...ports,
      sureTime,
      publisher,
      document: documents.sessions,
      sources: this.sources,
      findConnection: (id) => this.connections.find(id),
      whyHeldBack: (id) => this.revocations.whyHeldBack(id),
    });
    this.favourites = new Favourites({
      ...ports,
      document: documents.sessions,
      live: () => this.sessions.live(),
      isHeldBack: (id) => this.revocations.whyHeldBack(id) !== undefined,
      start: async ({ connectionId, request, renewal }, tokenCode) => {
        const connection = this.connections.find(connectionId);
        if (connection === undefined) return err(notFound('The connection of this favourite'));
        return await this.sessions.start(connection, { request, renewal, tokenCode });
      },
    });
    this.connections = new Connections({
      ...ports,
      records: documents.connections,
      operations: this.operations,
      sources: this.sources,
    });
    this.activity = new Activity({ ...ports, connections: this.connections, sessions: this.sessions });
    this.handoff = new Handoff({
      ...ports,
      document: documents.handoff,
      sessions: this.sessions,
      findConnection: (id) => this.connections.find(id),
    });
    this.imports = new Imports({
      ...ports,
      connections: this.connections,
      sources: this.sources,
      places: ports.importPlaces,
      kept: this,
    });
    this.health = new Health({
      ...ports,
      document: documents.health,
      connections: this.connections,
      operations: this.operations,
      sources: this.sources,
      alongside: () => {
        this.drift.lookAt(undefined, 'schedule');
      },
    });
    this.receipts = new Receipts({
      ...ports,
      document: documents.receipts,
      operations: this.operations,
      sources: this.sources,
      connections: this.connections,
      sessions: this.sessions,
    });
    this.permissions = new Permissions({
      ...ports,
      sources: this.sources,
      connections: this.connections,
      receipts: this.receipts,
    });
    this.drift = new DriftWatch({
      ...ports,
      agreements: documents.agreements,
      looks: documents.driftLooks,
      operations: this.operations,
      sources: this.sources,
      connections: this.connections,
      receipts: this.receipts,
    });
    this.putBacks = new PutBacks({
      ...ports,
      records: documents.putBacks,
      operations: this.operations,
      sources: this.sources,
      watch: this.drift,
      connections: this.connections,
      narrowed: ({ connectionId, id }) => this.reviews.recordNarrowed(connectionId, id),
      narrowingUndone: ({ id }) => this.reviews.narrowingUndone(id),
    });
    this.narrowing = new Narrowing({
      clock: ports.clock,
      sources: this.sources,
      connections: this.connections,
      watch: this.drift,
      putBacks: this.putBacks,
    });
    this.notes = new ConnectionNotes({
      ...ports,
      records: documents.connectionNotes,
      connections: this.connections,
    });
    this.subAccounts = new SubAccounts({ ...ports, document: documents.subAccounts, sources: this.sources });
    this.guardRails = new GuardRails({
      ...ports,
      document: documents.guardRails,
      sources: this.sources,
      connections: this.connections,
    });
    this.onboarding = new Onboarding({
      ...ports,
      document: documents.drafts,
      operations: this.operations,
      sources: this.sources,
      connections: this.connections,
      sessions: this.sessions,
      receipts: this.receipts,
      subAccounts: this.subAccounts,
      keepAgreement: (connectionId, plan) => this.drift.keepPlan(connectionId, plan),
      guardRails: this.guardRails,
    });
    this.onboardingFiles = new OnboardingFiles({
      clock: ports.clock,
      onboarding: this.onboarding,
      connections: this.connections,
      receipts: this.receipts,
      files: ports.files,
    });
    this.revocations = new Revocations({
      ...ports,
      sureTime,
      records: documents.revocations,
      batches: documents.revocationBatches,
      sources: this.sources,
      connections: this.connections,
      sessions: this.sessions,
      wipe: (connection, sessions, alsoProfiles) =>
        wipeLocally(
          { sessions: this.sessions, handoff: this.handoff, clipboard: ports.clipboard },
          connection,
          sessions,
          alsoProfiles,
        ),
      wipeElsewhere: (connection, sessions) => wipeCliCache(ports.outside.cliCacheFolder, connection, sessions),
    });
    const revocationParts = {
      ...ports,
      revocations: this.revocations,
      connections: this.connections,
      sources: this.sources,
      sessions: this.sessions,
    };
    this.revocationCare = new AfterCare(revocationParts);
    this.revocationBatches = new Batches(revocationParts);
    this.revocationFiles = new RevocationFiles(revocationParts);
    this.organization = new Organization({ ...ports, sources: this.sources });
    this.accountLists = new AccountLists({
      ...ports,
      document: documents.accountLists,
      sources: this.sources,
      organization: this.organization,
      subAccounts: this.subAccounts,
    });
    this.departures = new Departures({
      ...ports,
      document: documents.departures,
      sources: this.sources,
      connections: this.connections,
    });
    this.identities = new Identities({
      ...ports,
      records: documents.identityActs,
      sources: this.sources,
      connections: this.connections,
    });
    this.reviews = new Reviews({
      ...ports,
      records: documents.reviews,
      sights: documents.keySights,
      settings: documents.reviewSettings,
      looks: documents.driftLooks,
      agreements: documents.agreements,
      connections: this.connections,
      sources: this.sources,
      notes: this.notes,
      revocations: this.revocations,
      identities: this.identities,
    });
  }

  /** Catches up with what happened while the app was closed. Touches neither network nor keychain. */
  resume(): void {
    this.onboarding.recover();
    this.revocations.recover();
    this.identities.recover();
    this.sessions.recover();
    this.handoff.recover();
    this.#stopWatching = this.#ports.elsewhere.watch(() => void this.sessions.settle());
    this.health.schedule.settle();
    void this.sessions.settle();
  }

  /** What starts by itself, once the window stands; what did not is told, for nobody asked for it just now. */
  async launch(): Promise<void> {
    this.reviews.start();
    await this.sessions.finishEnding();
    await this.revocations.catchUp();
    await this.subAccounts.catchUp();
    this.onboarding.byItself.catchUp();
    this.accountLists.catchUp();
    const rest = [this.departures.catchUp(), this.guardRails.catchUp()];
    this.identities.catchUp();
    for (const { favourite, answer } of await this.favourites.startAtLaunch()) {
      if (answer.ok) continue;
      this.#ports.notify({ title: `${favourite.name} was not started`, body: answer.error.message });
    }
    await Promise.all(rest);
  }

  /** After a clock jump, waking up or a corrected clock: everything is judged again by AWS's time. */
  async settle(): Promise<void> {
    await this.sessions.settle();
    await this.revocations.settle();
    await this.#sureTime.check(this.health.schedule.get().nextAt !== undefined);
    if (this.#isStopped) return;
    this.sessions.tryAgain();
    this.health.schedule.settle();
    this.#ports.publisher.changed('app', 'sessions', 'revocations');
  }

  /** For good, before its files go: what still runs of it changes nothing here any more. */
  close(): void {
    this.stop();
    this.#ports.shut();
  }

  stop(): void {
    this.#isStopped = true;
    for (const one of [this.health, this.onboarding.byItself]) one.stop();
    this.operations.cancelAll();
    this.#stopWatching();
    const runs = [this.revocationBatches, this.revocations, this.accountLists, this.subAccounts, this.departures];
    for (const one of [this.sessions, this.handoff, ...runs, this.guardRails, this.identities, this.reviews])
      one.stop();
  }
}
