import { describe, expect, it } from 'vitest';
import { Failures } from '../../main/diagnostics/failures';
import { must } from '../support/must';
import { newAppWorld } from '../support/app-world';
import { connected, plainWish } from '../support/workspace-world';

/** Planted wherever a person, AWS or a file could have put them. */
const planted = {
  name: 'Canary-Tidewater-Production',
  folder: 'Canary-Clients',
  tag: 'canary-tag',
  note: 'canary note about Ann',
  proxy: 'http://canary-user:canary-password@proxy.canary.example:8080',
  set: 'http://canary-proxy.example:3128',
  caFile: '/home/canary/company.pem',
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYCANARYKEY9',
  token: 'IQoJb3JpZ2luX2VjCANARYCANARYCANARYCANARY',
  code: 'arn:aws:iam::222233334444:role/Canary',
};

describe('S-13 diagnostics', () => {
  it('hold no secret, ID, name, path or host of what is planted in records, settings, variables and failures', async () => {
    const world = newAppWorld(() => ({ proxy: planted.proxy, caFile: planted.caFile }));
    const { practice } = world.worlds;
    const { connectionId, sessionId } = await connected(practice);
    const { workspace } = practice;
    const ask = (feature: string, method: string, input: unknown) => world.ask(feature, method, input);
    must(await ask('connections', 'rename', { connectionId, name: planted.name }));
    must(await ask('connections', 'setFolder', { connectionIds: [connectionId], folder: planted.folder }));
    must(await ask('connections', 'tag', { connectionIds: [connectionId], add: [planted.tag], remove: [] }));
    must(await ask('drift', 'setNotes', { connectionId, notes: planted.note, owner: planted.note }));
    must(await ask('settings', 'setPreferences', { region: 'eu-central-1' }));
    world.settings.update((settings) => ({
      ...settings,
      network: { proxy: 'address', address: planted.set, caFile: planted.caFile, useFips: true, useDualStack: false },
    }));
    // failures with everything in their words, and one that AWS refused
    await ask('sessions', 'end', { sessionId: connectionId });
    await ask('app', 'copyText', { text: planted.secret });
    const request = { ...plainWish(43_200), connectionId };
    const refused = await ask('sessions', 'start', request);
    expect(refused.ok || refused.error.detail).toContain('DurationSeconds');
    await ask('handoff', 'openConsole', { sessionId });

    for (const proxy of ['address', 'environment'] as const) {
      world.settings.update((settings) => ({ ...settings, network: { ...settings.network!, proxy } }));
      const { text } = must(await ask('settings', 'diagnose', {})) as { text: string };
      // it does say something of each of them
      expect(text).toMatch(/practice: connections +1 working/);
      expect(text).toMatch(/Proxy +http, as /);
      expect(text).toMatch(/More certificates +yes/);
      expect(text).toMatch(/Default Region +set/);
      expect(text).toMatch(/ {2}sessions\.end {2}not-found/);
      expect(text).toMatch(/app\.copyText {2}secret-refused/);
      expect(text).toMatch(/sessions\.start {2}\S+ {2}[A-Z]\w+/);
      const { accessKeyId, assumedRoleArn } = workspace.sessions.find(sessionId)!;
      const kept = Object.values(planted).flatMap((one) => [
        one,
        ...one.split(/[\s/:@]+/).filter((part) => /canary/i.test(part)),
      ]);
      for (const canary of [...kept, connectionId, sessionId, accessKeyId, assumedRoleArn, 'eu-central-1']) {
        expect(text, canary).not.toContain(canary);
      }
      expect(text).not.toMatch(/\d{12}/);
      expect(text).not.toMatch(/arn:|AKIA|ASIA|[0-9a-f]{8}-[0-9a-f]{4}-/);
      expect(text).not.toMatch(/canary/i);
    }
    expect(world.bugs).toEqual([]);
  });

  it('have of a failure what kind it is, and a code only where it is the name of an exception', () => {
    const failures = new Failures(() => 0);
    const error = { kind: 'aws-other', message: planted.secret, whatDidNotChange: '', whatToDo: '' } as const;
    const rest = { retryable: false, remedies: [], detail: planted.note, requestId: planted.token };
    failures.note('sessions.start', { ...error, ...rest, code: planted.code });
    failures.note('sessions.start', { ...error, ...rest, code: 'ExpiredTokenException' });
    expect(failures.list()).toEqual([
      { at: 0, call: 'sessions.start', kind: 'aws-other', code: 'ExpiredTokenException' },
      { at: 0, call: 'sessions.start', kind: 'aws-other' },
    ]);
  });
});
