import { err, ok, type Result } from '../../core/result';
import type { AwsCredentials } from '../aws/aws-api';
import { appError } from '../workspace-context';

export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The access key in this app's own environment, as AWS's tools name it. Read at each call and kept nowhere: who started
 * Sallyport decides. Error: `credentials-missing`.
 */
export function environmentKeys(variables: Variables): Result<AwsCredentials & { readonly region?: string }> {
  const read = (name: string) => {
    const value = variables[name]?.trim();
    return value === '' ? undefined : value;
  };
  const [accessKeyId, secretAccessKey] = [read('AWS_ACCESS_KEY_ID'), read('AWS_SECRET_ACCESS_KEY')];
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    return err(
      appError('credentials-missing', 'There is no access key in the environment that Sallyport was started with.', {
        whatToDo: 'Start it from a terminal that has AWS_ACCESS_KEY_ID, or choose another source identity.',
        remedies: [{ kind: 'choose-source' }],
      }),
    );
  }
  const sessionToken = read('AWS_SESSION_TOKEN');
  const region = read('AWS_REGION') ?? read('AWS_DEFAULT_REGION');
  return ok({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(region === undefined ? {} : { region }),
  });
}
