import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { imports as contract, type ImportPreview } from '../../../core/contract/imports';
import { connectionSchema } from '../../../core/domain/connection';
import { largestAwsFile } from '../../../main/aws/profiles';
import { Imports } from '../../../main/import/imports';
import { planRoad } from '../../../main/sessions/road';
import { must, newWorld, until, type World } from '../../support/workspace-world';

const config = `[profile keys]
aws_access_key_id = AKIACANARYCANARYCANA

[profile production]
role_arn = arn:aws:iam::222233334444:role/Deploy
source_profile = keys
external_id = 9f6c2f0e-5b1d
duration_seconds = 7200
mfa_serial = arn:aws:iam::111122223333:mfa/ann

[profile again]
role_arn = arn:aws:iam::222233334444:role/Deploy
source_profile = keys

[profile china]
role_arn = arn:aws-cn:iam::333344445555:role/Deploy
source_profile = keys

[profile broken]
role_arn = nothing
source_profile = keys
`;

describe('importing', () => {
  let folder: string;
  let world: World;
  let imports: Imports;
  const path = () => join(folder, 'config');
  const preview = async (from: 'aws-config' | 'leapp' | 'file' = 'aws-config'): Promise<ImportPreview> => {
    const answer = must(await imports.preview(from));
    expect(contract.preview.output.safeParse(answer).error).toBeUndefined();
    if (answer.preview === undefined) throw new Error('Nothing was chosen');
    return answer.preview;
  };
  const errorOf = async (from: 'aws-config' | 'leapp' | 'file') => {
    const answer = await imports.preview(from);
    return answer.ok ? undefined : answer.error;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-import-'));
    writeFileSync(path(), config, { mode: 0o600 });
    world = newWorld();
    const { audit, clock, files, workspace } = world;
    let id = 0;
    imports = new Imports({
      audit: (...entries) => {
        audit.push(...entries);
        return { ok: true, value: undefined };
      },
      clock,
      newId: () => `00000000-0000-4000-8000-${String((id += 1)).padStart(12, '0')}`,
      connections: workspace.connections,
      sources: workspace.sources,
      files,
      kept: workspace,
      places: { 'aws-config': path(), leapp: join(folder, 'Leapp-lock.json') },
    });
  });
  afterEach(() => {
    world.workspace.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows what there is, what is there twice and what cannot be', async () => {
    const { candidates, others } = await preview();
    expect(others).toBe(1);
    expect(candidates.map(({ name, problem, sameAs }) => [name, sameAs, problem === undefined])).toEqual([
      ['production', undefined, true],
      ['again', 'production', true],
      ['china', undefined, true],
      ['broken', undefined, false],
    ]);
    expect(candidates[0]?.sourceLabel).toBe('practice-deployer');
  });

  it('makes connections that are marked, not tested, and keep what the file says', async () => {
    const { candidates, previewId } = await preview();
    expect(
      must(
        imports.run(
          previewId,
          candidates.map(({ key }) => key),
        ),
      ),
    ).toEqual({ imported: 2 });
    const made = world.workspace.connections.all();
    expect(made.map((one) => connectionSchema.safeParse(one).error)).toEqual([undefined, undefined]);
    expect(made[0]).toMatchObject({
      name: 'production',
      roleArn: 'arn:aws:iam::222233334444:role/Deploy',
      accountId: '222233334444',
      region: 'eu-west-1',
      externalId: '9f6c2f0e-5b1d',
      maxSessionDuration: 7200,
      sourceId: 'practice-deployer',
      madeBy: 'elsewhere',
      status: 'not-tested',
      receipt: [],
      imported: { from: 'aws-config', name: 'production', mfaSerial: 'arn:aws:iam::111122223333:mfa/ann' },
    });
    expect(made[1]).toMatchObject({ partition: 'aws-cn', region: 'cn-north-1' });
    expect(world.audit.at(-1)).toEqual({ act: 'connections.imported', subject: path(), count: 2 });
    const again = await preview();
    expect(again.candidates.map(({ sameAs }) => sameAs)).toEqual(['production', 'production', 'china', undefined]);
    expect(must(imports.run(again.previewId, [0, 1, 2, 3]))).toEqual({ imported: 0 });
  });

  it('an imported role’s MFA device is asked for when a session is started', async () => {
    const { previewId } = await preview();
    must(imports.run(previewId, [0]));
    const [made] = world.workspace.connections.all();
    const plan = must(await planRoad(world.workspace, made?.id ?? '', []));
    expect(plan.mfaSerial).toBe('arn:aws:iam::111122223333:mfa/ann');
  });

  it('one that was imported can be tested', async () => {
    const { previewId } = await preview();
    must(imports.run(previewId, [0]));
    const [made] = world.workspace.connections.all();
    must(world.workspace.connections.test(made?.id ?? ''));
    await until(world, () => world.workspace.operations.list().length === 0, 500);
    expect(world.workspace.connections.find(made?.id ?? '')?.status).toBe('failing');
  });

  it('changes nothing in the files', async () => {
    const before = [readFileSync(path()), statSync(path()).mtimeMs, statSync(path()).mode];
    const { previewId } = await preview();
    must(imports.run(previewId, [0, 2]));
    expect([readFileSync(path()), statSync(path()).mtimeMs, statSync(path()).mode]).toEqual(before);
  });

  it('imports what was shown and not what the file says by then', async () => {
    const { previewId } = await preview();
    writeFileSync(path(), config.replaceAll('222233334444', '999999999999'));
    must(imports.run(previewId, [0]));
    expect(world.workspace.connections.all()[0]?.accountId).toBe('222233334444');
    const stale = await preview();
    expect(imports.run(previewId, [0]).ok).toBe(false);
    expect(must(imports.run(stale.previewId, [0]))).toEqual({ imported: 1 });
  });

  it('takes a file of the person’s choice, and none is no failure', async () => {
    expect(must(await imports.preview('file'))).toEqual({});
    world.files.toImport = path();
    expect((await preview('file')).path).toBe(path());
  });

  it.each([
    ['there is none', (): void => undefined, 'leapp', /There is no file at/],
    [
      'it is encrypted',
      (): void => writeFileSync(join(folder, 'Leapp-lock.json'), 'U2FsdGVkX1+abc'),
      'leapp',
      /encrypted/,
    ],
    [
      'it is too large',
      (): void => writeFileSync(path(), 'x'.repeat(largestAwsFile + 1)),
      'aws-config',
      /4096 KiB or less/,
    ],
    [
      'it is a folder',
      (): void => {
        rmSync(path());
        mkdirSync(path());
      },
      'aws-config',
      /is not a file/,
    ],
  ] as const)('S-28 says so when %s', async (_title, prepare, from, message) => {
    prepare();
    const error = await errorOf(from);
    expect(error?.message).toMatch(message);
    expect(error?.whatDidNotChange).not.toBe('');
    expect(world.workspace.connections.count()).toBe(0);
  });
});
