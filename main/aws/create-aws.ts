import type { Aws, AwsEnvironment } from './aws-api';
import { Clients, type ClientDependencies } from './clients';
import { createIamApi } from './iam-api';
import { createOrganizationsApi } from './organizations-api';
import { createPerformer } from './perform';
import { createS3Api } from './s3-api';
import { createIdentityCenterApi, type IdentityCenterApi } from './sso-api';
import { createStsApi } from './sts-api';

export type CreateAwsOptions = ClientDependencies;

/** The AWS layer: real AWS, another endpoint, or the sandbox, by the environment of each call. Loads nothing yet. */
export function createAws(options: CreateAwsOptions): Aws {
  const clients = new Clients(options);
  const perform = createPerformer(clients, options.clock);
  return {
    sts: (environment, credentials) => createStsApi(clients, perform, environment, credentials),
    iam: (environment, credentials) => createIamApi(clients, perform, environment, credentials),
    s3: (environment, credentials) => createS3Api(clients, perform, environment, credentials),
    organizations: (environment, credentials) => createOrganizationsApi(clients, perform, environment, credentials),
  };
}

/** Signing in to AWS, before there is anybody to call it as. `environment` says where a Region's services are. */
export function createIdentityCenter(
  options: CreateAwsOptions,
  environment: (region: string) => AwsEnvironment,
): IdentityCenterApi {
  const clients = new Clients(options);
  return createIdentityCenterApi(clients, createPerformer(clients, options.clock), environment);
}
