import { randomUUID } from 'node:crypto';
import { loadActionLevels } from '../../permissions/action-data';
import { accessOf, type AccessReport, type ServiceAccess } from '../access-report';
import { callerArn } from '../caller';
import { authorize, type Call } from '../call';
import { AwsRefusal, noSuchEntity } from '../http';
import { paginate } from '../parameters';
import { xmlTime, type XmlFields } from '../xml';
import type { Operations } from './operation';

const arnRule = { min: 20, max: 2048 };
const jobRule = { min: 36, max: 36 };
/** A report takes AWS some seconds; this one as long as can be seen. */
const takesMs = 1_500;
const mostReports = 100;

function holderOf(call: Call, arn: string) {
  const [, accountId = '', kind = '', rest = ''] = /^arn:aws:iam::([0-9]{12}):([a-z]+)\/(.+)$/.exec(arn) ?? [];
  const { account } = call.caller;
  const name = rest.slice(rest.lastIndexOf('/') + 1).toLowerCase();
  const found = kind === 'role' ? account.roles.get(name) : kind === 'user' ? account.users.get(name) : undefined;
  if (found !== undefined && accountId === account.id) return found;
  if (kind === 'group' || kind === 'policy')
    throw new AwsRefusal('InvalidInput', `The practice sandbox makes reports of users and roles, not of ${arn}.`, 400);
  throw noSuchEntity(`ARN ${arn} does not exist.`);
}

function documentsOf(call: Call, arn: string): readonly string[] {
  const { account } = call.caller;
  const holder = holderOf(call, arn);
  const groups = [...account.groups.values()].filter(({ members }) => members.includes(holder.id));
  return [holder, ...groups].flatMap(({ attached, inline }) => [
    ...inline.map(({ document }) => document),
    ...attached.flatMap((policyArn) => call.policies.document(policyArn) ?? []),
  ]);
}

function generate(call: Call): XmlFields {
  const arn = call.parameters.text('Arn', arnRule);
  const granularity = call.parameters.optionalText('Granularity') ?? 'SERVICE_LEVEL';
  if (granularity !== 'SERVICE_LEVEL' && granularity !== 'ACTION_LEVEL')
    throw new AwsRefusal('InvalidInput', `Invalid granularity: ${granularity}`, 400);
  authorize(call, 'iam:GenerateServiceLastAccessedDetails', arn);
  const holder = structuredClone(holderOf(call, arn));
  const documents = documentsOf(call, arn);
  const report: AccessReport = {
    ...{ arn, askedBy: callerArn(call.caller), createdAt: call.now },
    ...{ withActions: granularity === 'ACTION_LEVEL', services: undefined },
  };
  const jobId = randomUUID();
  const { accessReports } = call.state;
  accessReports.set(jobId, report);
  for (const oldest of accessReports.keys()) {
    if (accessReports.size <= mostReports) break;
    accessReports.delete(oldest);
  }
  void loadActionLevels().then((services) => {
    report.services = accessOf(holder, documents, services);
  });
  return { JobId: jobId };
}

function fieldsOf({ arn, withActions }: AccessReport, { actions, last, name, namespace }: ServiceAccess): XmlFields {
  return {
    ServiceName: name,
    ServiceNamespace: namespace,
    ...(last !== undefined && {
      LastAuthenticated: xmlTime(last.at),
      LastAuthenticatedEntity: arn,
      LastAuthenticatedRegion: last.region,
    }),
    TotalAuthenticatedEntities: last === undefined ? 0 : 1,
    ...(withActions &&
      actions.length > 0 && {
        TrackedActionsLastAccessed: actions.map((action) => ({
          ActionName: action.name,
          ...(action.last !== undefined && {
            LastAccessedEntity: arn,
            LastAccessedTime: xmlTime(action.last.at),
            LastAccessedRegion: action.last.region,
          }),
        })),
      }),
  };
}

function read(call: Call): XmlFields {
  const jobId = call.parameters.text('JobId', jobRule);
  authorize(call, 'iam:GetServiceLastAccessedDetails', '*');
  const report = call.state.accessReports.get(jobId);
  if (report === undefined || report.askedBy !== callerArn(call.caller))
    throw noSuchEntity(`The job with ID ${jobId} does not exist.`);
  const { createdAt, services, withActions } = report;
  const type = { JobType: withActions ? 'ACTION_LEVEL' : 'SERVICE_LEVEL', JobCreationDate: xmlTime(createdAt) };
  if (services === undefined || call.now < createdAt + takesMs)
    return { JobStatus: 'IN_PROGRESS', ...type, ServicesLastAccessed: [], IsTruncated: false };
  const page = paginate(call.parameters, services, ({ namespace }) => namespace);
  return {
    ...{ JobStatus: 'COMPLETED', ...type, JobCompletionDate: xmlTime(createdAt + takesMs) },
    ServicesLastAccessed: page.items.map((service) => fieldsOf(report, service)),
    IsTruncated: page.isTruncated,
    Marker: page.marker,
  };
}

export const iamLastAccessedOperations: Operations = {
  GenerateServiceLastAccessedDetails: generate,
  GetServiceLastAccessedDetails: read,
};
