import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sources as contract } from '../../../core/contract/sources';
import { sourceSchema } from '../../../core/domain/source';
import { must } from '../../support/must';
import { newPortalWorld, type PortalWorld } from '../../support/portal-world';

let world: PortalWorld;
beforeEach(async () => {
  world = await newPortalWorld();
});
afterEach(() => world.close());

/** Keys that AWS knows, as another tool would have put them into the environment. */
async function portalKeys() {
  const signInId = await world.signedIn();
  return must(await world.signIns.provider(signInId, '111122223333', 'Deployer')());
}

describe('the environment as a source', () => {
  it('is none where there are no keys, or half of them', async () => {
    expect(world.sources.environment()).toBeUndefined();
    world.variables['AWS_ACCESS_KEY_ID'] = 'AKIAIOSFODNN7EXAMPLE';
    expect(world.sources.environment()).toBeUndefined();
    world.variables['AWS_SECRET_ACCESS_KEY'] = '  ';
    expect(world.sources.environment()).toBeUndefined();
    const added = await world.sources.addEnvironment('eu-west-1');
    expect(added.ok ? undefined : added.error.kind).toBe('credentials-missing');
    expect(world.sources.list()).toEqual([]);
  });

  it('calls AWS with what it was started with, says whose that is, and keeps nothing: S-13', async () => {
    const keys = await portalKeys();
    world.variables['AWS_ACCESS_KEY_ID'] = keys.accessKeyId;
    world.variables['AWS_SECRET_ACCESS_KEY'] = keys.secretAccessKey;
    world.variables['AWS_SESSION_TOKEN'] = keys.sessionToken;
    world.variables['AWS_REGION'] = 'eu-west-2';
    const found = world.sources.environment();
    expect(contract.findEnvironment.output.safeParse({ keys: found }).success).toBe(true);
    expect(found).toMatchObject({ region: 'eu-west-2' });
    const added = must(await world.sources.addEnvironment('eu-west-2'));
    expect(added.identity).toMatchObject({ accountId: '111122223333', isRoleSession: true });
    const kept = JSON.stringify([world.document.read(), world.audit, found, added]);
    expect(kept).not.toContain(keys.secretAccessKey);
    expect(kept).not.toContain(keys.sessionToken);
    expect(must(await world.sources.addEnvironment('eu-west-2')).source.id).toBe(added.source.id);
  });

  it('without its keys, at another start, says so', async () => {
    const keys = await portalKeys();
    Object.assign(world.variables, {
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    });
    const { source } = must(await world.sources.addEnvironment('eu-west-1'));
    delete world.variables['AWS_ACCESS_KEY_ID'];
    const identity = await world.sources.identify(source.id);
    expect(identity.ok ? undefined : identity.error.message).toContain('no access key in the environment');
  });
});

describe('an access key as a source', () => {
  const key = async (mfaSerial?: string) => {
    const { accessKeyId, secretAccessKey, sessionToken } = await portalKeys();
    return { label: 'mine', accessKeyId, secretAccessKey, sessionToken, region: 'eu-west-1', keep: true, mfaSerial };
  };

  it('keeps the MFA device in its record, where it is asked with, and the key in the keychain', async () => {
    const device = 'arn:aws:iam::111122223333:mfa/ann';
    const given = await key(device);
    const { source } = must(await world.sources.addAccessKey(given));
    expect(source).toMatchObject({ kind: 'access-key', mfaSerial: device, kept: 'keychain' });
    expect(sourceSchema.safeParse(source).success).toBe(true);
    expect(JSON.stringify(world.document.read())).not.toContain(given.secretAccessKey);
    const again = must(await world.sources.addAccessKey({ ...given, mfaSerial: undefined, replaces: source.id }));
    expect(again.source).not.toHaveProperty('mfaSerial');
  });

  it.each(['me', 'arn:aws:iam::111122223333:user/ann', 'arn:aws:iam::1:mfa/ann'])(
    'with the device %s is refused at the door',
    (mfaSerial) => {
      const input = {
        label: 'mine',
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'x'.repeat(40),
        region: 'eu-west-1',
        keep: true,
      };
      expect(contract.addAccessKey.input.safeParse(input).success).toBe(true);
      expect(contract.addAccessKey.input.safeParse({ ...input, mfaSerial }).success).toBe(false);
    },
  );
});

describe('records of sources', () => {
  it('keep their sign-ins through every change of another source', async () => {
    const signInId = await world.signedIn();
    const role = { signInId, accountId: '111122223333', label: 'a role', region: 'eu-west-1' };
    const first = must(await world.sources.portal.add({ ...role, roleName: 'Admin' })).source.id;
    const second = must(await world.sources.portal.add({ ...role, roleName: 'Auditor' })).source.id;
    must(await world.sources.select(second));
    must(await world.sources.remove(first));
    expect(world.signIns.list().map(({ id }) => id)).toEqual([signInId]);
    expect(world.sources.selected()?.source.id).toBe(second);
  });
});
