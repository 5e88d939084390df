import type { GetServiceLastAccessedDetailsCommandOutput, ServiceLastAccessed as Service } from '@aws-sdk/client-iam';
import type { IamApi, ServiceLastAccessed } from './aws-api';
import type { AskIam } from './iam-objects-api';
import { required } from './required';

function readService(service: Service): ServiceLastAccessed {
  const lastAt = service.LastAuthenticated?.getTime();
  return {
    namespace: required(service.ServiceNamespace, 'ServiceNamespace'),
    name: required(service.ServiceName, 'ServiceName'),
    ...(lastAt !== undefined && { lastAt }),
    actions: (service.TrackedActionsLastAccessed ?? []).map(({ ActionName, LastAccessedTime }) => ({
      name: required(ActionName, 'ActionName'),
      ...(LastAccessedTime !== undefined && { lastAt: LastAccessedTime.getTime() }),
    })),
  };
}

/** When a user or role last used what it may: a report that IAM makes on request. */
export function iamLastAccessedCalls(
  ask: AskIam,
): Pick<IamApi, 'generateServiceLastAccessedDetails' | 'getServiceLastAccessedDetails'> {
  return {
    generateServiceLastAccessedDetails: (Arn, options) =>
      ask(
        { name: 'GenerateServiceLastAccessedDetails', changes: false },
        options,
        (iam, sdk, http) =>
          iam.send(new sdk.GenerateServiceLastAccessedDetailsCommand({ Arn, Granularity: 'ACTION_LEVEL' }), http),
        ({ JobId }) => required(JobId, 'JobId'),
      ),
    getServiceLastAccessedDetails: (JobId, options) =>
      ask(
        { name: 'GetServiceLastAccessedDetails', changes: false },
        options,
        // the SDK has no paginator for it
        async (iam, sdk, http) => {
          const services: Service[] = [];
          let page: GetServiceLastAccessedDetailsCommandOutput | undefined;
          do {
            const Marker: string | undefined = page?.Marker;
            page = await iam.send(
              new sdk.GetServiceLastAccessedDetailsCommand({ JobId, Marker, MaxItems: 1000 }),
              http,
            );
            services.push(...(page.ServicesLastAccessed ?? []));
          } while (page.IsTruncated === true);
          return Object.assign(page, { services });
        },
        ({ Error: failure, JobStatus, services }) =>
          JobStatus === 'COMPLETED'
            ? { state: 'made', services: services.map(readService) }
            : JobStatus === 'FAILED'
              ? { state: 'failed', message: failure?.Message ?? 'AWS says no more.' }
              : { state: 'making' },
      ),
  };
}
