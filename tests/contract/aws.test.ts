import { createAws } from '../../main/aws/create-aws';
import { createSandbox } from '../../main/sandbox/sandbox';
import { serveSandbox } from '../../main/sandbox/server';
import { ManualClock } from '../support/manual-clock';
import { practice, sandboxEnvironment, testSigningKey } from '../support/practice';
import { describeAws } from './aws-suite';

describeAws('the sandbox in process', () => {
  const { aws, sandbox } = practice({ trouble: { accountCreationMs: 0 } });
  const { accountId, ...administrator } = sandbox.identities.owner;
  return Promise.resolve({
    aws,
    environment: sandboxEnvironment,
    administrator,
    accountId,
    close: () => Promise.resolve(),
  });
});

describeAws('the sandbox over HTTP', async () => {
  const clock = new ManualClock();
  const sandbox = createSandbox({ clock, signingKey: testSigningKey, trouble: { accountCreationMs: 0 } });
  const server = await serveSandbox(sandbox, 0);
  const { accountId, ...administrator } = sandbox.identities.owner;
  return {
    aws: createAws({ clock, version: '0.0.0' }),
    environment: { kind: 'aws', partition: 'aws', region: 'eu-west-1', endpoint: server.endpoint },
    administrator,
    accountId,
    close: () => server.close(),
  };
});
