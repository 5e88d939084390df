import type { getDefaultRoleAssumerWithWebIdentity } from '@aws-sdk/client-sts';
import { err, ok, type Result } from '../../core/result';
import type { Clock } from '../platform/clock';
import type { AwsCredentials, CredentialsProvider } from './aws-api';
import { providerConfig } from './client-config';
import type { NetworkPort, RequestHandler } from './network';
import { networkError } from './network-error';
import { profileError } from './profile-error';
import type { ProfileFiles } from './profiles';
import { renewed } from './renewed-credentials';

export type ProfileDependencies = {
  readonly clock: Clock;
  readonly network: NetworkPort;
  /** Of this app, for the user agent. */
  readonly version: string;
  readonly files?: ProfileFiles;
  /** Where STS is asked for a profile that names no Region. */
  readonly region?: string;
};

/**
 * Credentials of a profile through the SDK's own rules (roles, Identity Center, processes). Static keys are read again
 * each time, so that an edited file counts at once; temporary ones are kept until five minutes before they expire. What
 * the SDK asks of AWS on the way goes over the same network as every other call.
 */
export function profileProvider(name: string, dependencies: ProfileDependencies): CredentialsProvider {
  const { clock, files } = dependencies;
  const load = async (): Promise<Result<AwsCredentials>> => {
    let trouble: unknown;
    const note = (error: unknown): void => {
      trouble = error;
    };
    try {
      const { fromIni } = await import('@aws-sdk/credential-providers');
      const provider = fromIni({
        profile: name,
        // Left out, the SDK looks where `profileFiles` does, and for Identity Center it looks nowhere else.
        ...(files === undefined ? {} : { filepath: files.credentialsFile, configFilepath: files.configFile }),
        ignoreCache: true,
        ...(await innerClients(dependencies, note)),
      });
      const given = await provider();
      const expiration = given.expiration?.getTime();
      return ok({
        accessKeyId: given.accessKeyId,
        secretAccessKey: given.secretAccessKey,
        ...(given.sessionToken === undefined ? {} : { sessionToken: given.sessionToken }),
        ...(expiration === undefined ? {} : { expiration }),
      });
    } catch (error) {
      // Some providers pass on the words of what went wrong on the network, and not what it was.
      const cause = networkError(error) === undefined && networkError(trouble) !== undefined ? trouble : error;
      return err(profileError(cause, name));
    }
  };

  return renewed(clock, load);
}

/**
 * The settings of the clients that the SDK makes for itself. Of the Region only a fallback: Identity Center and a profile
 * with its own are asked where they are. Web identities take their settings from nowhere but their own role assumer.
 */
async function innerClients({ clock, network, version, region }: ProfileDependencies, note: (error: unknown) => void) {
  const reach = await network.reach();
  const clientConfig = providerConfig({ ...reach, handler: noting(reach.handler, note) }, { clock, version });
  const fallback = region === undefined ? {} : { region };
  return {
    clientConfig,
    parentClientConfig: fallback,
    roleAssumerWithWebIdentity: async (...input: Parameters<WebIdentityAssumer>) => {
      const sts = await import('@aws-sdk/client-sts');
      return sts.getDefaultRoleAssumerWithWebIdentity({ ...clientConfig, ...fallback })(...input);
    },
  };
}

type WebIdentityAssumer = ReturnType<typeof getDefaultRoleAssumerWithWebIdentity>;

function noting(handler: RequestHandler, note: (error: unknown) => void): RequestHandler {
  return {
    metadata: handler.metadata,
    handle: async (request, options) => {
      try {
        return await handler.handle(request, options);
      } catch (error) {
        note(error);
        throw error;
      }
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
}
