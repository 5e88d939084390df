import type {
  AssumedSession,
  AssumeRoleInput,
  AwsEnvironment,
  CallerIdentity,
  CredentialsProvider,
  StsApi,
} from './aws-api';
import { err } from '../../core/result';
import type { Clients } from './clients';
import type { Performer } from './perform';
import { MissingField, required } from './required';
import { validateAssumeRole } from './validate';

/** STS. Answers carry our own types with every field there. */
export function createStsApi(
  clients: Clients,
  perform: Performer,
  environment: AwsEnvironment,
  credentials: CredentialsProvider,
): StsApi {
  const client = () => clients.sts(environment, credentials);
  return {
    getCallerIdentity: (options) =>
      perform(
        { name: 'GetCallerIdentity', changes: false },
        credentials,
        options,
        client,
        async (sts, http) => {
          const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
          return sts.send(new GetCallerIdentityCommand({}), http);
        },
        (output): CallerIdentity => ({
          accountId: required(output.Account, 'Account'),
          arn: required(output.Arn, 'Arn'),
          userId: required(output.UserId, 'UserId'),
        }),
      ),
    assumeRole: async (input: AssumeRoleInput, options) => {
      const invalid = validateAssumeRole(input);
      if (invalid !== undefined) return err(invalid);
      return perform(
        { name: 'AssumeRole', changes: false, durationSeconds: input.durationSeconds },
        credentials,
        options,
        client,
        async (sts, http) => {
          const { AssumeRoleCommand } = await import('@aws-sdk/client-sts');
          const command = new AssumeRoleCommand({
            RoleArn: input.roleArn,
            RoleSessionName: input.sessionName,
            DurationSeconds: input.durationSeconds,
            ExternalId: input.externalId,
            SerialNumber: input.serialNumber,
            TokenCode: input.tokenCode,
            Policy: input.policy,
            PolicyArns: input.policyArns?.map((arn) => ({ arn })),
            Tags: input.tags?.map(({ key, value }) => ({ Key: key, Value: value })),
            TransitiveTagKeys: input.transitiveTagKeys === undefined ? undefined : [...input.transitiveTagKeys],
            SourceIdentity: input.sourceIdentity,
          });
          return sts.send(command, http);
        },
        (output): AssumedSession => {
          const { Credentials: given, AssumedRoleUser: user } = output;
          if (given === undefined) throw new MissingField('Credentials');
          return {
            credentials: {
              accessKeyId: required(given.AccessKeyId, 'AccessKeyId'),
              secretAccessKey: required(given.SecretAccessKey, 'SecretAccessKey'),
              sessionToken: required(given.SessionToken, 'SessionToken'),
              expiration: required(given.Expiration, 'Expiration').getTime(),
            },
            assumedRoleArn: required(user?.Arn, 'AssumedRoleUser.Arn'),
            assumedRoleId: required(user?.AssumedRoleId, 'AssumedRoleUser.AssumedRoleId'),
          };
        },
      );
    },
  };
}
