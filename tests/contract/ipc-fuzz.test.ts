import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { answerSchema, type Call } from '../../core/contract/call';
import { contract } from '../../core/contract/contract';
import type { Result } from '../../core/result';
import { fitsInMessage, maximumMessageSize } from '../../main/ipc/message-bounds';
import { newAppWorld, type AppWorld } from '../support/app-world';
import { everyCall, validInputs, type NamedCall } from '../support/contract-inputs';
import { connected, draftAtCreate, keptRecords, must, type World } from '../support/workspace-world';
import { fuzzRuns } from '../support/fuzz-runs';

const opened: AppWorld[] = [];

afterEach(() => {
  for (const { worlds } of opened.splice(0)) {
    for (const world of Object.values(worlds)) world.workspace.stop();
  }
});

/** An app in use: a connection with an open session, and a wizard in the middle. */
async function appInUse(): Promise<{ app: AppWorld; known: readonly string[] }> {
  const app = newAppWorld();
  opened.push(app);
  const { connectionId, sessionId } = await connected(app.worlds.practice);
  const draftId = await draftAtCreate(app.worlds.practice);
  const known = [
    connectionId,
    sessionId,
    draftId,
    'practice-deployer',
    'practice-owner',
    'deployment-service',
    'custom',
    '222233334444',
    'eu-west-1',
    'arn:aws:iam::222233334444:role/DeploymentService',
  ];
  return { app, known };
}

const title = ({ feature, method }: NamedCall) => `${feature}.${method}`;

/** What another program may put in a message: whatever structured clone carries, and what JSON.parse makes. */
const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
  maxDepth: 4,
});

function aKey(accessKeyId: string, secretAccessKey: string, keep: boolean) {
  return { label: 'a key', accessKeyId, secretAccessKey, region: 'eu-west-1', keep };
}

function deep(levels: number): unknown {
  let value: unknown = {};
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? { value } : [value];
  return value;
}

function cyclic(): unknown {
  const value: Record<string, unknown> = {};
  value['self'] = [value];
  return value;
}

const hostileValue = fc.oneof(
  anything,
  fc.constantFrom<unknown>(
    NaN,
    Infinity,
    -0,
    -1,
    1.5,
    2 ** 53,
    '',
    '\u0000',
    '../../etc/passwd',
    '__proto__',
    'constructor',
    'toString',
    '\ud800',
    'arn:aws:iam::*:role/*',
    [],
    {},
    () => 1,
    Symbol('s'),
  ),
  fc.constantFrom('x'.repeat(5000), '😀'.repeat(40_000), 'a,'.repeat(60_000)),
  fc.constantFrom(3, 15, 17, 200, 50_000).map(deep),
  fc.constant(null).map(cyclic),
);

const hostileKey = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toJSON', 'then', 'valueOf', ''),
  fc.string({ maxLength: 40 }),
  fc.constant('k'.repeat(3000)),
);

/** Sets an own property of any name, `__proto__` too, as JSON.parse does. */
function withOwn(target: object, key: string, value: unknown): object {
  return Object.defineProperty({ ...target }, key, { value, enumerable: true, configurable: true, writable: true });
}

/** A whole message of nonsense, or a good one with one thing in it made bad. */
function hostileInputs(call: Call, known: readonly string[]): fc.Arbitrary<unknown> {
  const spoilt = fc.tuple(validInputs(call, known), fc.nat(), hostileValue).map(([input, place, value]) => {
    const keys = Object.keys(input as object);
    const key = keys[place % Math.max(keys.length, 1)];
    return key === undefined ? value : withOwn(input as object, key, value);
  });
  const extra = fc
    .tuple(validInputs(call, known), hostileKey, hostileValue)
    .map(([input, key, value]) => withOwn(input as object, key, value));
  return fc.oneof(hostileValue, spoilt, extra);
}

/** What waits for AWS waits by a clock that stands still until somebody moves it. */
async function answered<T>(app: AppWorld, asked: Promise<T>): Promise<T> {
  let isWaiting = true;
  void asked.finally(() => (isWaiting = false));
  for (let turn = 1; isWaiting; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    if (turn % 200 === 0) app.worlds.practice.clock.advance(1000);
  }
  return await asked;
}

async function expectWellFormed(app: AppWorld, { feature, method, call }: NamedCall, input: unknown) {
  const answer = await answered(app, app.ask(feature, method, input));
  expect(answerSchema(call.output).safeParse(answer).error, `${feature}.${method}`).toBeUndefined();
  // an answer is structured-cloned to the window: it must survive that
  expect(() => structuredClone(answer)).not.toThrow();
  expect(app.bugs).toEqual([]);
  return answer;
}

describe('S-12 every call of the contract', () => {
  it.each(everyCall.map((call) => [title(call), call] as const))(
    '%s bears whatever it is sent',
    async (_title, named) => {
      const { app, known } = await appInUse();
      const { feature, method, call } = named;
      const stored = () => JSON.stringify(keptRecords(app.worlds.practice.documents));
      const before = [stored(), JSON.stringify(Object.getOwnPropertyNames(Object.prototype))];

      // one key too many, or one text too long: refused, and nothing is done
      for (const input of fc.sample(validInputs(call, known), 5)) {
        for (const bad of [
          withOwn(input as object, 'surplus', 1),
          withOwn(input as object, '__proto__', { admin: true }),
          withOwn(input as object, 'surplus', 'x'.repeat(maximumMessageSize)),
        ]) {
          const answer = await expectWellFormed(app, named, bad);
          expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid-input' } });
        }
      }
      expect([stored(), JSON.stringify(Object.getOwnPropertyNames(Object.prototype))]).toEqual(before);

      // nonsense, and good messages with one thing in them made bad
      await fc.assert(
        fc.asyncProperty(hostileInputs(call, known), async (input) => {
          const answer = await expectWellFormed(app, named, input);
          expect(answer.ok && !call.input.safeParse(input).success, `${feature}.${method} took it`).toBe(false);
        }),
        { numRuns: fuzzRuns(24) },
      );
      expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(before[1]);

      // good messages, about things that are there and about things that are not
      await fc.assert(
        fc.asyncProperty(validInputs(call, known), async (input) => {
          const answer = await expectWellFormed(app, named, input);
          expect(!answer.ok && answer.error.kind === 'unexpected').toBe(false);
        }),
        { numRuns: fuzzRuns(12) },
      );
    },
  );

  it('is one of those above: none is left out', () => {
    const named = Object.entries(contract).flatMap(([feature, calls]) =>
      Object.keys(calls).map((method) => `${feature}.${method}`),
    );
    expect(everyCall.map(title)).toEqual(named);
    expect(named.length).toBeGreaterThan(40);
  });

  it('says so when there is no room for more', async () => {
    const { app } = await appInUse();
    const refusedAt = async (most: number, ask: (count: number) => Promise<Result<unknown>>) => {
      for (let count = 0; count <= most; count += 1) {
        const answer = await ask(count);
        if (!answer.ok) return answer.error;
      }
      return undefined;
    };
    const drafts = await refusedAt(100, () => app.ask('onboarding', 'startDraft', {}));
    expect(drafts).toMatchObject({ kind: 'not-possible', message: expect.stringContaining('100') as string });
    const profiles = await refusedAt(200, (count) =>
      app.ask('sources', 'addProfile', { profileName: `profile-${count}`, region: 'eu-west-1' }),
    );
    expect(profiles).toMatchObject({ kind: 'not-possible', message: expect.stringContaining('200') as string });
    const keys = await app.ask('sources', 'addAccessKey', aKey('AKIAIOSFODNN7EXAMPLE', 'x'.repeat(40), true));
    expect(keys).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    expect(app.bugs).toEqual([]);
  });

  it('is bounded at the documented size, whatever the size is made of', () => {
    const text = 'x'.repeat(maximumMessageSize - 1);
    expect(fitsInMessage(text)).toBe(true);
    expect(fitsInMessage(`${text}x`)).toBe(false);
    expect(fitsInMessage({ [text]: 1 })).toBe(false);
    expect(fitsInMessage(Array.from({ length: maximumMessageSize }, () => 0))).toBe(false);
    expect(fitsInMessage(new Array(2 ** 31))).toBe(false);
    expect(fitsInMessage(deep(50_000))).toBe(false);
    expect(fitsInMessage(cyclic())).toBe(false);
    for (const foreign of [1n, new Map(), new Set(), new Date(0), new Uint8Array(1), /x/, Symbol('s'), () => 1]) {
      expect(fitsInMessage({ value: foreign })).toBe(false);
    }
  });
});

/** Everything that a person, a page, a log or a disk could see; the keychain and the clipboard are where secrets may be. */
function everythingVisible({ worlds, settings }: AppWorld, answers: readonly unknown[]): string {
  const kept = Object.values(worlds).map(({ documents, audit, events, keychain }) => [
    keptRecords(documents),
    audit,
    events,
    keychain.calls,
  ]);
  return JSON.stringify([answers, kept, settings.read()]);
}

const notReads = /^(?!get|list|lookAround|preview|requestText)/;

describe('S-13 a secret', () => {
  const canary = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYCANARYKEY9';

  async function addKey(app: AppWorld, accessKeyId: string, secretAccessKey: string, keep: boolean): Promise<string> {
    const answer = await app.ask('sources', 'addAccessKey', aKey(accessKeyId, secretAccessKey, keep));
    return (must(answer) as { source: { id: string } }).source.id;
  }

  async function secretsOf(world: World): Promise<string[]> {
    const secrets: string[] = [];
    for (const { id } of world.workspace.sessions.list()) {
      const { secretAccessKey, sessionToken } = must(await world.workspace.sessions.credentials(id));
      secrets.push(secretAccessKey, sessionToken);
    }
    return secrets;
  }

  it('that went in with an access key, or came with a session, comes out of no call and stands in nothing kept', async () => {
    const { app, known } = await appInUse();
    const world = app.worlds.practice;
    const owner = world.sandbox.identity('owner');
    const answers: unknown[] = [];
    const ids = [
      // a key that AWS does not know, the canary under a known key ID, and one that works
      await addKey(app, 'AKIAIOSFODNN7EXAMPLE', canary, true),
      await addKey(app, owner.accessKeyId, canary, true),
      await addKey(app, owner.accessKeyId, owner.secretAccessKey, true),
      await addKey(app, 'AKIAIOSFODNN7EXAMPLE', canary, false),
    ];
    const secrets = [canary, owner.secretAccessKey, ...(await secretsOf(world))];
    expect(secrets.length).toBeGreaterThanOrEqual(4);
    // where it may be, it is: what is searched for below really went in
    expect(must(await world.vault.get(`source/${ids[0] ?? ''}`))).toContain(canary);

    const reads = everyCall.filter(({ method }) => !notReads.test(method));
    const acts = everyCall.filter(({ method }) => notReads.test(method));
    expect(reads.length).toBeGreaterThanOrEqual(12);
    for (const named of [...reads, ...acts, ...reads]) {
      for (const input of fc.sample(validInputs(named.call, [...known, ...ids]), 8)) {
        answers.push(await answered(app, app.ask(named.feature, named.method, input)));
      }
    }
    for (const id of ids) {
      answers.push(await app.ask('sources', 'select', { sourceId: id }));
      answers.push(await app.ask('sources', 'identify', { sourceId: id }));
    }
    const visible = everythingVisible(app, answers);
    const forms = secrets.flatMap((secret) => [secret, Buffer.from(secret).toString('base64').slice(0, -4)]);
    expect(forms.filter((form) => visible.includes(form))).toEqual([]);
    expect(app.bugs).toEqual([]);
  });

  it('is not in the words of a refusal, whatever is wrong with the key beside it', async () => {
    const { app } = await appInUse();
    const input = aKey('AKIAIOSFODNN7EXAMPLE', canary, true);
    const { accessKeyId: _accessKeyId, ...withoutId } = input;
    const answers = [
      await app.ask('sources', 'addAccessKey', { ...input, accessKeyId: canary }),
      await app.ask('sources', 'addAccessKey', { ...input, region: canary, label: `${canary}\n` }),
      await app.ask('sources', 'addAccessKey', { ...input, keep: canary }),
      await app.ask('sources', 'addAccessKey', { ...withoutId, [canary]: canary }),
      await app.ask('app', 'copyText', { text: canary }),
      await app.ask('app', 'setTheme', { theme: canary }),
      await app.ask('onboarding', 'openRequest', { text: JSON.stringify({ secret: canary }) }),
      await app.ask('onboarding', 'openRequest', { text: canary }),
    ];
    for (const answer of answers) expect(answer.ok).toBe(false);
    expect(everythingVisible(app, answers)).not.toContain(canary);
  });

  it('goes into two calls only, a code that AWS takes once into three: no other has such a field, and none gives one back', () => {
    const names = /secret|token|password|credential/i;
    const inputs = everyCall.filter(({ call }) => names.test(namesOf(call.input))).map(title);
    const { sessions, sources } = contract;
    const taking = [sources.addAccessKey, sources.typeOnce, sessions.start, sessions.renew, sessions.startFavourite];
    expect(inputs).toEqual(everyCall.filter(({ call }) => taking.some((one) => one === call)).map(title));
    for (const { output } of taking) expect(namesOf(output)).not.toMatch(/secret|token/i);
  });
});

/** The names of the fields of an object schema. */
function namesOf(schema: Call['input']): string {
  return 'shape' in schema.def ? Object.keys(schema.def.shape as object).join(' ') : '';
}
