import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { renewHere } from '../../../main/handoff/renew-here';
import { computerNow } from '../../../main/platform/computer-time';
import { SystemClock } from '../../../main/platform/system-clock';
import { sessionSecretKey } from '../../../main/sessions/kept-credentials';
import { HandoffHome, servedAndCounted, type Served } from '../../support/handoff-home';
import { MemoryKeychain } from '../../support/memory-keychain';
import { must } from '../../support/must';

let served: Served;
let keychain: MemoryKeychain;
let home: HandoffHome;

beforeAll(async () => {
  served = await servedAndCounted();
});
afterAll(() => served.close());
beforeEach(async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', served.endpoint);
  keychain = new MemoryKeychain();
  home = new HandoffHome({ renewal: 'automatic' }, 'aws', 'memory', keychain);
  await home.trust(served);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await home.remove();
});

const renew = () =>
  renewHere('aws', home.session.id, {
    userData: home.userData,
    clock: new SystemClock(),
    version: '0.0.0',
    keychain,
  });
const kept = async () => must(await home.store().get(sessionSecretKey(home.session.id)));

describe('a session that a process beside the app renews', () => {
  it('has its new credentials in the keychain, and a line for the app without them', async () => {
    const { accessKeyId, secretAccessKey } = must(await renew());
    expect(await kept()).toContain(secretAccessKey);
    expect(home.read('renewals.jsonl')).toContain(accessKeyId);
    expect(home.read('renewals.jsonl')).not.toContain(secretAccessKey);
  });

  it('leaves nothing in the keychain when the app ended it between the answer of AWS and the write', async () => {
    const write = keychain.write.bind(keychain);
    vi.spyOn(keychain, 'write').mockImplementation(async (account, value) => {
      // the app has wiped and recorded it by now; what follows would stay for good
      home.writeSession({ end: { at: computerNow(), how: 'ended-here', wiped: true } });
      await write(account, value);
    });
    expect(await renew()).toMatchObject({ ok: false, error: { message: 'The session was ended meanwhile.' } });
    expect(await kept()).toBeUndefined();
    expect(() => home.read('renewals.jsonl')).toThrow('ENOENT');
  });

  it('is not kept when AWS answered only after the app had ended it', async () => {
    vi.spyOn(served.wire, 'before').mockImplementation(async (_action, pass) => {
      const answer = await pass();
      home.writeSession({ end: { at: computerNow(), how: 'revoked', wiped: true } });
      return answer;
    });
    expect((await renew()).ok).toBe(false);
    expect(await kept()).toBeUndefined();
  });

  it('that goes by a sign-in, also through the access role of an account, waits for the app', async () => {
    const region = 'eu-west-1';
    home.writeSources(
      {
        ...{ kind: 'identity-center', id: 'portal', label: 'Management', region, roleName: 'Admin' },
        ...{ signInId: '0d0f6cf8-3c0e-4d58-8f06-1f4a0f4f8a12', accountId: '333344445555' },
      },
      {
        ...{ kind: 'member-role', id: home.sourceId, label: 'Python deploy', region, throughId: 'portal' },
        ...{ accountId: '111122223333', roleName: 'OrganizationAccountAccessRole' },
      },
    );
    const refused = await renew();
    expect(refused).toMatchObject({ ok: false, error: { whatToDo: 'Open Sallyport, and it renews the session.' } });
    expect(await kept()).toBeUndefined();
  });
});
