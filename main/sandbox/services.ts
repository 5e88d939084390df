import type { SandboxRequest } from './http';
import { iamAccessKeyOperations } from './operations/iam-access-keys';
import { iamAccountOperations } from './operations/iam-account';
import { iamGroupOperations } from './operations/iam-groups';
import { iamHolderPolicyOperations } from './operations/iam-holder-policies';
import { iamLastAccessedOperations } from './operations/iam-last-accessed';
import { iamMfaOperations } from './operations/iam-mfa';
import { iamPolicyOperations } from './operations/iam-policies';
import { iamPolicyVersionOperations } from './operations/iam-policy-versions';
import { iamRoleOperations } from './operations/iam-roles';
import { iamSimulateOperations } from './operations/iam-simulate';
import { iamSummaryOperations } from './operations/iam-summary';
import { iamUserCredentialOperations } from './operations/iam-user-credentials';
import { iamUserOperations } from './operations/iam-users';
import { organizationsOperations } from './operations/organizations';
import { stsOperations } from './operations/sts';
import { absentService, looksLikeS3 } from './protocols/absent-service';
import { jsonProtocol } from './protocols/json-protocol';
import type { Protocol } from './protocols/protocol';
import { queryProtocol } from './protocols/query-protocol';
import { s3Protocol } from './protocols/s3-protocol';
import { firstOf } from './sigv4';

const sts = queryProtocol({
  name: 'sts',
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  version: '2011-06-15',
  operations: stsOperations,
});

const organizations = jsonProtocol({
  name: 'organizations',
  target: 'AWSOrganizationsV20161128',
  operations: organizationsOperations,
});

/** What the sandbox offers, by the name in signatures. */
const services: ReadonlyMap<string, Protocol> = new Map([
  ['sts', sts],
  [
    'iam',
    queryProtocol({
      name: 'iam',
      namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
      version: '2010-05-08',
      operations: {
        ...iamRoleOperations,
        ...iamUserOperations,
        ...iamUserCredentialOperations,
        ...iamGroupOperations,
        ...iamAccessKeyOperations,
        ...iamMfaOperations,
        ...iamHolderPolicyOperations,
        ...iamPolicyOperations,
        ...iamPolicyVersionOperations,
        ...iamSimulateOperations,
        ...iamLastAccessedOperations,
        ...iamSummaryOperations,
        ...iamAccountOperations,
      },
    }),
  ],
  ['organizations', organizations],
  ['s3', s3Protocol],
]);

/** The service named in the signature's scope, without a look at whether the signature holds. */
export function serviceOf(request: SandboxRequest): string | undefined {
  const header = /Credential=([^,\s]+)/.exec(request.headers['authorization'] ?? '')?.[1];
  return (header ?? firstOf(request.query, 'X-Amz-Credential'))?.split('/')[3];
}

/**
 * Who answers a request. Where no service is known, refusals are written in the form that the request itself has, so
 * that whichever client sent it can read them.
 */
export function protocolOf(service: string | undefined, request: SandboxRequest): Protocol {
  const known = services.get(service ?? (looksLikeS3(request) ? 's3' : ''));
  return known ?? absentService(service, request, 'STS, IAM, Organizations and S3');
}
