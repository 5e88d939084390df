import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { partitions } from '../../../core/domain/partitions';
import type { AwsEnvironment } from '../../../main/aws/aws-api';
import { Clients, withCredentials } from '../../../main/aws/clients';
import { networkError } from '../../../main/aws/network-error';
import type { NetworkPort, RequestHandler } from '../../../main/aws/network';
import { ManualClock } from '../../support/manual-clock';

const credentials = { accessKeyId: 'AKIAABCDEFGHIJKLMNOP', secretAccessKey: 's'.repeat(40) };
const provider = () => Promise.resolve({ ok: true as const, value: credentials });

type Sent = { readonly host: string; readonly path: string; readonly headers: Readonly<Record<string, string>> };

/** Clients on a network that notes where each request goes, and goes nowhere. */
function clientsThatNote(flags: { readonly useFips?: boolean; readonly useDualStack?: boolean } = {}) {
  const sent: Sent[] = [];
  const handler: RequestHandler = {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: ({ hostname, path, headers }) => {
      sent.push({ host: hostname, path, headers });
      return Promise.reject(new Error('sent'));
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
  const reach = { handler, useFips: flags.useFips ?? false, useDualStack: flags.useDualStack ?? false };
  const network: NetworkPort = { reach: () => Promise.resolve(reach) };
  return { clients: new Clients({ clock: new ManualClock(), network, version: '1.2.3' }), sent };
}

async function calls(clients: Clients, environment: AwsEnvironment): Promise<readonly (() => Promise<unknown>)[]> {
  const [
    { GetCallerIdentityCommand },
    { ListAccountAliasesCommand },
    { DescribeOrganizationCommand },
    { HeadBucketCommand },
  ] = await Promise.all([
    import('@aws-sdk/client-sts'),
    import('@aws-sdk/client-iam'),
    import('@aws-sdk/client-organizations'),
    import('@aws-sdk/client-s3'),
  ]);
  const sts = await clients.sts(environment, provider);
  const iam = await clients.iam(environment, provider);
  const organizations = await clients.organizations(environment, provider);
  const s3 = await clients.s3(environment, provider);
  return [
    () => sts.send(new GetCallerIdentityCommand({})),
    () => iam.send(new ListAccountAliasesCommand({})),
    () => organizations.send(new DescribeOrganizationCommand({})),
    () => s3.send(new HeadBucketCommand({ Bucket: 'artifacts' })),
  ];
}

/** STS, IAM, Organizations, S3: the host, or why there is none, and the Region that is signed for. */
async function hosts(environment: AwsEnvironment, flags: Parameters<typeof clientsThatNote>[0] = {}) {
  const { clients, sent } = clientsThatNote(flags);
  const found: string[] = [];
  for (const call of await calls(clients, environment)) {
    const before = sent.length;
    const error = await withCredentials(credentials, call).catch((reason: unknown) => reason);
    const last = sent.length === before ? undefined : sent.at(-1);
    const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(last?.headers['authorization'] ?? '')?.[1] ?? '';
    found.push(last === undefined ? (error instanceof Error ? error.name : 'nothing') : `${last.host} ${region}`);
  }
  return found;
}

const inPartition = (id: string, region: string) => ({ kind: 'aws', partition: id, region }) as const;

describe('which host a request goes to, by the SDK’s own rules', () => {
  test('every partition of the table', async () => {
    const found: Record<string, string[]> = {};
    for (const { id, defaultRegion } of partitions) found[id] = await hosts(inPartition(id, defaultRegion));
    expect(found).toMatchInlineSnapshot(`
      {
        "aws": [
          "sts.us-east-1.amazonaws.com us-east-1",
          "iam.amazonaws.com us-east-1",
          "organizations.us-east-1.amazonaws.com us-east-1",
          "artifacts.s3.us-east-1.amazonaws.com us-east-1",
        ],
        "aws-cn": [
          "sts.cn-north-1.amazonaws.com.cn cn-north-1",
          "iam.cn-north-1.amazonaws.com.cn cn-north-1",
          "organizations.cn-northwest-1.amazonaws.com.cn cn-northwest-1",
          "artifacts.s3.cn-north-1.amazonaws.com.cn cn-north-1",
        ],
        "aws-eusc": [
          "sts.eusc-de-east-1.amazonaws.eu eusc-de-east-1",
          "iam.eusc-de-east-1.amazonaws.eu eusc-de-east-1",
          "organizations.eusc-de-east-1.amazonaws.eu eusc-de-east-1",
          "artifacts.s3.eusc-de-east-1.amazonaws.eu eusc-de-east-1",
        ],
        "aws-iso": [
          "sts.us-iso-east-1.c2s.ic.gov us-iso-east-1",
          "iam.us-iso-east-1.c2s.ic.gov us-iso-east-1",
          "organizations.us-iso-east-1.c2s.ic.gov us-iso-east-1",
          "artifacts.s3.us-iso-east-1.c2s.ic.gov us-iso-east-1",
        ],
        "aws-iso-b": [
          "sts.us-isob-east-1.sc2s.sgov.gov us-isob-east-1",
          "iam.us-isob-east-1.sc2s.sgov.gov us-isob-east-1",
          "organizations.us-isob-east-1.sc2s.sgov.gov us-isob-east-1",
          "artifacts.s3.us-isob-east-1.sc2s.sgov.gov us-isob-east-1",
        ],
        "aws-iso-e": [
          "sts.eu-isoe-west-1.cloud.adc-e.uk eu-isoe-west-1",
          "iam.eu-isoe-west-1.cloud.adc-e.uk eu-isoe-west-1",
          "organizations.eu-isoe-west-1.cloud.adc-e.uk eu-isoe-west-1",
          "artifacts.s3.eu-isoe-west-1.cloud.adc-e.uk eu-isoe-west-1",
        ],
        "aws-iso-f": [
          "sts.us-isof-south-1.csp.hci.ic.gov us-isof-south-1",
          "iam.us-isof-south-1.csp.hci.ic.gov us-isof-south-1",
          "organizations.us-isof-south-1.csp.hci.ic.gov us-isof-south-1",
          "artifacts.s3.us-isof-south-1.csp.hci.ic.gov us-isof-south-1",
        ],
        "aws-us-gov": [
          "sts.us-gov-west-1.amazonaws.com us-gov-west-1",
          "iam.us-gov.amazonaws.com us-gov-west-1",
          "organizations.us-gov-west-1.amazonaws.com us-gov-west-1",
          "artifacts.s3.us-gov-west-1.amazonaws.com us-gov-west-1",
        ],
      }
    `);
    for (const { id, dnsSuffix } of partitions) {
      for (const one of found[id] ?? [])
        expect(one.split(' ')[0]).toMatch(new RegExp(`\\.${dnsSuffix.replaceAll('.', '\\.')}$`));
    }
  });

  test('another Region of the partition: STS and S3 go there, IAM and Organizations stay', async () => {
    expect(await hosts(inPartition('aws', 'ap-southeast-2'))).toMatchInlineSnapshot(`
      [
        "sts.ap-southeast-2.amazonaws.com ap-southeast-2",
        "iam.amazonaws.com us-east-1",
        "organizations.us-east-1.amazonaws.com us-east-1",
        "artifacts.s3.ap-southeast-2.amazonaws.com ap-southeast-2",
      ]
    `);
    expect(await hosts(inPartition('aws-us-gov', 'us-gov-east-1'))).toMatchInlineSnapshot(`
      [
        "sts.us-gov-east-1.amazonaws.com us-gov-east-1",
        "iam.us-gov.amazonaws.com us-gov-west-1",
        "organizations.us-gov-west-1.amazonaws.com us-gov-west-1",
        "artifacts.s3.us-gov-east-1.amazonaws.com us-gov-east-1",
      ]
    `);
    expect(await hosts(inPartition('aws-cn', 'cn-northwest-1'))).toMatchInlineSnapshot(`
      [
        "sts.cn-northwest-1.amazonaws.com.cn cn-northwest-1",
        "iam.cn-north-1.amazonaws.com.cn cn-north-1",
        "organizations.cn-northwest-1.amazonaws.com.cn cn-northwest-1",
        "artifacts.s3.cn-northwest-1.amazonaws.com.cn cn-northwest-1",
      ]
    `);
  });

  /** STS, IAM, Organizations, S3 */
  async function everywhere(flags: Parameters<typeof clientsThatNote>[0]) {
    const lines: string[] = [];
    for (const { id, defaultRegion } of partitions) {
      const found = await hosts(inPartition(id, defaultRegion), flags);
      lines.push(`${id}: ${found.map((one) => one.split(' ')[0]).join(' ')}`);
    }
    return lines;
  }

  test('FIPS, where it stands in the name or is what there is anyway; S3 has none in China', async () => {
    expect(await everywhere({ useFips: true })).toMatchInlineSnapshot(`
      [
        "aws: sts-fips.us-east-1.amazonaws.com iam-fips.amazonaws.com organizations-fips.us-east-1.amazonaws.com artifacts.s3-fips.us-east-1.amazonaws.com",
        "aws-cn: sts-fips.cn-north-1.amazonaws.com.cn iam-fips.amazonaws.com.cn organizations-fips.cn-northwest-1.amazonaws.com.cn EndpointError",
        "aws-us-gov: sts.us-gov-west-1.amazonaws.com iam.us-gov.amazonaws.com organizations.us-gov-west-1.amazonaws.com artifacts.s3-fips.us-gov-west-1.amazonaws.com",
        "aws-eusc: sts-fips.eusc-de-east-1.amazonaws.eu iam-fips.amazonaws.eu organizations-fips.eusc-de-east-1.amazonaws.eu artifacts.s3-fips.eusc-de-east-1.amazonaws.eu",
        "aws-iso: sts-fips.us-iso-east-1.c2s.ic.gov iam-fips.us-iso-east-1.c2s.ic.gov organizations-fips.us-iso-east-1.c2s.ic.gov artifacts.s3-fips.us-iso-east-1.c2s.ic.gov",
        "aws-iso-b: sts-fips.us-isob-east-1.sc2s.sgov.gov iam-fips.us-isob-east-1.sc2s.sgov.gov organizations-fips.us-isob-east-1.sc2s.sgov.gov artifacts.s3-fips.us-isob-east-1.sc2s.sgov.gov",
        "aws-iso-e: sts-fips.eu-isoe-west-1.cloud.adc-e.uk iam-fips.cloud.adc-e.uk organizations-fips.eu-isoe-west-1.cloud.adc-e.uk artifacts.s3-fips.eu-isoe-west-1.cloud.adc-e.uk",
        "aws-iso-f: sts-fips.us-isof-south-1.csp.hci.ic.gov iam-fips.csp.hci.ic.gov organizations-fips.us-isof-south-1.csp.hci.ic.gov artifacts.s3-fips.us-isof-south-1.csp.hci.ic.gov",
      ]
    `);
  });

  test('dual-stack', async () => {
    expect(await everywhere({ useDualStack: true })).toMatchInlineSnapshot(`
      [
        "aws: sts.us-east-1.api.aws iam.global.api.aws organizations.us-east-1.api.aws artifacts.s3.dualstack.us-east-1.amazonaws.com",
        "aws-cn: sts.cn-north-1.api.amazonwebservices.com.cn iam.global.api.amazonwebservices.com.cn organizations.cn-northwest-1.api.amazonwebservices.com.cn artifacts.s3.dualstack.cn-north-1.amazonaws.com.cn",
        "aws-us-gov: sts.us-gov-west-1.api.aws iam.us-gov.api.aws organizations.us-gov-west-1.api.aws artifacts.s3.dualstack.us-gov-west-1.amazonaws.com",
        "aws-eusc: sts.eusc-de-east-1.api.amazonwebservices.eu iam.global.api.amazonwebservices.eu organizations.eusc-de-east-1.api.amazonwebservices.eu artifacts.s3.dualstack.eusc-de-east-1.amazonaws.eu",
        "aws-iso: sts.us-iso-east-1.api.aws.ic.gov iam.api.aws.ic.gov organizations.us-iso-east-1.api.aws.ic.gov artifacts.s3.dualstack.us-iso-east-1.c2s.ic.gov",
        "aws-iso-b: sts.us-isob-east-1.api.aws.scloud iam.api.aws.scloud organizations.us-isob-east-1.api.aws.scloud artifacts.s3.dualstack.us-isob-east-1.sc2s.sgov.gov",
        "aws-iso-e: sts.eu-isoe-west-1.api.cloud-aws.adc-e.uk iam.api.cloud-aws.adc-e.uk organizations.eu-isoe-west-1.api.cloud-aws.adc-e.uk artifacts.s3.dualstack.eu-isoe-west-1.cloud.adc-e.uk",
        "aws-iso-f: sts.us-isof-south-1.api.aws.hci.ic.gov iam.api.aws.hci.ic.gov organizations.us-isof-south-1.api.aws.hci.ic.gov artifacts.s3.dualstack.us-isof-south-1.csp.hci.ic.gov",
      ]
    `);
  });

  test('FIPS and dual-stack', async () => {
    expect(await everywhere({ useFips: true, useDualStack: true })).toMatchInlineSnapshot(`
      [
        "aws: sts-fips.us-east-1.api.aws iam-fips.global.api.aws organizations-fips.us-east-1.api.aws artifacts.s3-fips.dualstack.us-east-1.amazonaws.com",
        "aws-cn: sts-fips.cn-north-1.api.amazonwebservices.com.cn iam-fips.api.amazonwebservices.com.cn organizations-fips.cn-northwest-1.api.amazonwebservices.com.cn EndpointError",
        "aws-us-gov: sts-fips.us-gov-west-1.api.aws iam.us-gov.api.aws organizations.us-gov-west-1.api.aws artifacts.s3-fips.dualstack.us-gov-west-1.amazonaws.com",
        "aws-eusc: sts-fips.eusc-de-east-1.api.amazonwebservices.eu iam-fips.api.amazonwebservices.eu organizations-fips.eusc-de-east-1.api.amazonwebservices.eu artifacts.s3-fips.dualstack.eusc-de-east-1.amazonaws.eu",
        "aws-iso: sts-fips.us-iso-east-1.api.aws.ic.gov iam-fips.api.aws.ic.gov organizations-fips.us-iso-east-1.api.aws.ic.gov artifacts.s3-fips.dualstack.us-iso-east-1.c2s.ic.gov",
        "aws-iso-b: sts-fips.us-isob-east-1.api.aws.scloud iam-fips.api.aws.scloud organizations-fips.us-isob-east-1.api.aws.scloud artifacts.s3-fips.dualstack.us-isob-east-1.sc2s.sgov.gov",
        "aws-iso-e: sts-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk iam-fips.api.cloud-aws.adc-e.uk organizations-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk artifacts.s3-fips.dualstack.eu-isoe-west-1.cloud.adc-e.uk",
        "aws-iso-f: sts-fips.us-isof-south-1.api.aws.hci.ic.gov iam-fips.api.aws.hci.ic.gov organizations-fips.us-isof-south-1.api.aws.hci.ic.gov artifacts.s3-fips.dualstack.us-isof-south-1.csp.hci.ic.gov",
      ]
    `);
  });

  test('an explicit endpoint replaces every one of them, FIPS and dual-stack too; S3’s bucket is in the path', async () => {
    const environment: AwsEnvironment = {
      kind: 'aws',
      partition: 'aws',
      region: 'eu-west-1',
      endpoint: 'http://127.0.0.1:4711',
    };
    expect(await hosts(environment, { useFips: true, useDualStack: true })).toEqual([
      '127.0.0.1 eu-west-1',
      '127.0.0.1 eu-west-1',
      '127.0.0.1 eu-west-1',
      '127.0.0.1 eu-west-1',
    ]);
    const { clients, sent } = clientsThatNote();
    const [, , , head] = await calls(clients, environment);
    await withCredentials(credentials, async () => head?.()).catch(() => undefined);
    expect(sent[0]?.path).toBe('/artifacts/');
  });

  test('where there is no such address, it is said in words', async () => {
    const { clients } = clientsThatNote({ useFips: true });
    const [, , , head] = await calls(clients, inPartition('aws-cn', 'cn-north-1'));
    const error: unknown = await withCredentials(credentials, async () => head?.()).catch((reason: unknown) => reason);
    expect(networkError(error)?.whatToDo).toMatch(/FIPS or dual-stack/);
  });

  test('an explicit endpoint holds whatever the environment switches on', async () => {
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
    vi.stubEnv('AWS_USE_DUALSTACK_ENDPOINT', 'true');
    try {
      const environment: AwsEnvironment = { ...inPartition('aws', 'eu-west-1'), endpoint: 'http://127.0.0.1:4711' };
      expect(await hosts(environment)).toEqual(new Array(4).fill('127.0.0.1 eu-west-1'));
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test('what the environment switches on is not switched off by settings that leave it alone', async () => {
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
    try {
      expect((await hosts(inPartition('aws', 'us-west-2')))[0]).toBe('sts-fips.us-west-2.amazonaws.com us-west-2');
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test('each client is made once for its credentials, Region and purpose, and names the app', async () => {
    const { clients, sent } = clientsThatNote();
    const environment = inPartition('aws', 'eu-west-1');
    const usual = await clients.organizations(environment, provider);
    expect(await clients.organizations(environment, provider)).toBe(usual);
    const once = await clients.organizations(environment, provider, 'single-attempt');
    expect(once).not.toBe(usual);
    expect(await once.config.maxAttempts()).toBe(1);
    expect(await usual.config.maxAttempts()).toBe(3);
    expect(await clients.sts(inPartition('aws', 'eu-west-2'), provider)).not.toBe(
      await clients.sts(environment, provider),
    );
    const other = () => provider();
    expect(await clients.sts(environment, other)).not.toBe(await clients.sts(environment, provider));
    await withCredentials(credentials, async () => (await calls(clients, environment))[0]?.()).catch(() => undefined);
    expect(sent[0]?.headers['user-agent']).toContain('Sallyport/1.2.3');
  });
});

describe('a profile of the shared config', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-endpoints-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('brings its own FIPS and dual-stack; another profile’s do not count', async () => {
    const config = join(folder, 'config');
    writeFileSync(
      config,
      [
        '[default]',
        'use_dualstack_endpoint = true',
        '[profile secure]',
        'use_fips_endpoint = true',
        '[profile plain]',
        'region = eu-west-3',
      ].join('\n'),
    );
    vi.stubEnv('AWS_CONFIG_FILE', config);
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
    const hostOf = async (profileName: string) =>
      (await hosts({ kind: 'aws', partition: 'aws', region: 'us-east-1', profileName }))[0];
    expect(await hostOf('secure')).toBe('sts-fips.us-east-1.amazonaws.com us-east-1');
    expect(await hostOf('plain')).toBe('sts.us-east-1.amazonaws.com us-east-1');
  });
});
