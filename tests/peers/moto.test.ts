import { describe } from 'vitest';
import { createAws } from '../../main/aws/create-aws';
import { SystemClock } from '../../main/platform/system-clock';
import { describeAws } from '../contract/aws-suite';
import { findMoto, motoAccount, motoCredentials, startMoto } from './moto-server';

const moto = await findMoto();

// A third party's AWS. It does not evaluate trust policies, so only shapes and what is allowed are compared.
describe.skipIf(!moto.present)('a third party’s AWS', () => {
  describeAws('moto_server', async () => {
    const { endpoint, stop } = await startMoto();
    return {
      aws: createAws({ clock: new SystemClock(), version: '0.0.0' }),
      environment: { kind: 'aws', partition: 'aws', region: 'us-east-1', endpoint },
      administrator: motoCredentials,
      accountId: motoAccount,
      close: stop,
    };
  });
});
