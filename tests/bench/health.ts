import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from '../../core/zod';
import { createAws } from '../../main/aws/create-aws';
import { Connections, connectionsCollection } from '../../main/connections/connections';
import { healthDocumentSchema } from '../../main/connections/health-schedule';
import { Health, mostAtOnce } from '../../main/connections/health';
import { Operations } from '../../main/operations/operations';
import { SystemClock } from '../../main/platform/system-clock';
import { MemorySecretStore } from '../../main/secrets/memory-secret-store';
import { SecretVault } from '../../main/secrets/secret-vault';
import { Sources } from '../../main/sources/sources';
import { sourcesDocumentSchema } from '../../main/sources/sources-document';
import { keptTestEnds, testEndSchema } from '../../core/domain/health';
import { writtenChange } from '../../main/store/collection';
import { LineFolder } from '../../main/store/line-folder';
import { MemoryCollection } from '../../main/store/memory-collection';
import type { StoredDocument } from '../../main/workspace-context';
import { startDistantSandbox } from './distant-sandbox';
import { customerConnection } from './stored-data';

/** Milliseconds, but `ratio` and the sizes in KB. */
export type HealthFigures = Readonly<
  Record<'oneMs' | 'idealMs' | 'tookMs' | 'ratio' | 'processorMs' | 'longestTurnMs' | 'documentKb' | 'pushes', number>
>;

/** Checked and written whole at each change, as the app's own documents are, which need Electron. */
function written<T>(spec: { schema: z.ZodType<T>; empty: T }, path: string): StoredDocument<T> {
  let value = spec.empty;
  return {
    read: () => value,
    update: (change) => {
      value = spec.schema.parse(change(value));
      writeFileSync(path, JSON.stringify({ version: 1, data: value }));
      return { ok: true, value: undefined };
    },
  };
}

/** The answer of a service that is this far away, in milliseconds. */
const answerMs = 100;
const count = 997;

/**
 * Every customer of the thousand accounts tested in one round, over the real SDK and a sandbox in a process of its own,
 * results written to the disk. Ideal is what one test takes alone, so many at a time: the work that they share one
 * processor for comes on top.
 */
export async function measureHealth(): Promise<HealthFigures> {
  const clock = new SystemClock();
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-bench-health-'));
  const sandbox = await startDistantSandbox('thousand-accounts', answerMs, clock);
  let pushes = 0;
  const path = join(directory, 'connections.changes.jsonl');
  const context = {
    clock,
    newId: randomUUID,
    aws: createAws({ clock, network: sandbox.network, version: '0.0.0' }),
    environment: (region: string) => ({
      ...{ kind: 'aws' as const, partition: 'aws', region },
      endpoint: sandbox.endpoint,
    }),
    publisher: {
      revision: 0,
      changed: () => undefined,
      send: () => {
        pushes += 1;
      },
    },
    audit: () => ({ ok: true as const, value: undefined }),
  };
  const sources = new Sources({
    ...context,
    document: written(
      {
        schema: sourcesDocumentSchema,
        empty: {
          sources: [
            { kind: 'sandbox', id: 'practice-deployer', label: 'deployer', identity: 'deployer', region: 'eu-west-1' },
          ],
        },
      },
      join(directory, 'sources.json'),
    ),
    vault: new SecretVault(new MemorySecretStore(), new MemorySecretStore(), () => undefined),
    listProfiles: () => Promise.resolve({ ok: true, value: [] }),
    profileProvider: () => () => Promise.reject(new Error('no profiles here')),
    sandboxProvider: () => () => Promise.resolve({ ok: true, value: sandbox.deployer }),
  });
  const kept = Array.from({ length: count }, (_, index) => customerConnection(index, clock.now()));
  const records = new MemoryCollection(connectionsCollection, kept);
  const change = records.change.bind(records);
  // and onto the disk as the app's own, which needs Electron
  records.change = (given) => {
    appendFileSync(path, writtenChange({ put: [], remove: [], ...given }), { flush: true });
    return change(given);
  };
  const operations = new Operations(context);
  const connections = new Connections({
    ...context,
    records,
    operations,
    sources,
    testHistory: new LineFolder({ directory: join(directory, 'tests'), schema: testEndSchema, keep: keptTestEnds }),
  });
  const health = new Health({
    ...context,
    kind: 'practice',
    document: written({ schema: healthDocumentSchema, empty: { every: 'never' } }, join(directory, 'health.json')),
    connections,
    operations,
    sources,
    alongside: () => undefined,
  });
  const roundOf = async (ids: readonly string[] | undefined): Promise<number> => {
    const begun = performance.now();
    const started = health.testAll(ids, 'test-all');
    if (!started.ok) throw new Error(started.error.message);
    await operations.whenEnded(started.value.operationId);
    return performance.now() - begun;
  };
  // the SDK is loaded, and what it compiles is compiled
  await roundOf(kept.slice(0, 64).map(({ id }) => id));
  const oneMs = (await roundOf([kept[0]?.id ?? ''])) - answerMs;
  pushes = 0;
  const turns = watchTurns();
  const before = process.cpuUsage();
  const tookMs = await roundOf(undefined);
  const used = process.cpuUsage(before);
  const longestTurnMs = turns();
  const working = connections.all().filter(({ status }) => status === 'working').length;
  if (working !== count) throw new Error(`Only ${working} of ${count} passed`);
  const documentKb = statSync(path).size / 1024;
  sandbox.stop();
  rmSync(directory, { recursive: true, force: true });
  const idealMs = Math.ceil(count / mostAtOnce) * oneMs;
  return {
    ...{ oneMs, idealMs, tookMs, ratio: tookMs / idealMs, longestTurnMs, documentKb, pushes },
    processorMs: (used.user + used.system) / 1000,
  };
}

/** @returns what stops watching and gives the longest time for which nothing else had its turn, in milliseconds */
function watchTurns(): () => number {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 5);
    last = now;
  }, 5);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

export function healthLines(figures: HealthFigures): readonly (readonly string[])[] {
  const ms = (value: number): string => `${Math.round(value).toLocaleString('en')} ms`;
  return [
    ['', 'ideal', 'took', 'ratio'],
    [
      `${count} tests, ${mostAtOnce} at a time`,
      ms(figures.idealMs),
      ms(figures.tookMs),
      `${figures.ratio.toFixed(2)}×`,
    ],
    ['one test; processor of them all', ms(figures.oneMs), ms(figures.processorMs), ''],
    ['longest turn of main', '', ms(figures.longestTurnMs), ''],
    ['what was written; pushes to the window', '', `${Math.round(figures.documentKb)} KB`, String(figures.pushes)],
  ];
}
