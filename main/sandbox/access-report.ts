import { reachOf } from '../../core/domain/permissions/reach';
import { accessLevels, type ServiceActions } from '../../core/domain/permissions/action-levels';
import { s3Actions } from './s3-actions';
import type { RoleRecord, UserRecord } from './snapshot';

export type ServiceAccess = {
  readonly namespace: string;
  readonly name: string;
  readonly last: { readonly at: number; readonly region: string } | undefined;
  /** none where the service was not asked for, or tracks no actions */
  readonly actions: readonly {
    readonly name: string;
    readonly last: { readonly at: number; readonly region: string } | undefined;
  }[];
};

/** What a job found, once it is done. */
export type AccessReport = {
  readonly arn: string;
  /** who asked for it: nobody else is told (API reference, GenerateServiceLastAccessedDetails) */
  readonly askedBy: string;
  /** ms since the epoch */
  readonly createdAt: number;
  readonly withActions: boolean;
  services: readonly ServiceAccess[] | undefined;
};

/** Services of which the sandbox tells single actions; of S3 those on buckets, as AWS tracks no actions on objects. */
const tracked: readonly string[] = ['iam', 'organizations', 's3'];
const onObjects = new Set(s3Actions.flatMap(({ name, on }) => (on === 'object' ? [name] : [])));
const notTold: readonly string[] = ['iam:PassRole'];

/** Every service that the policies let in to, on whatever resource, and when it was last asked for. */
export function accessOf(
  holder: Pick<UserRecord | RoleRecord, 'access'>,
  documents: readonly string[],
  services: readonly ServiceActions[],
): readonly ServiceAccess[] {
  const reach = reachOf(services, { identity: documents });
  return services.flatMap((service, index): ServiceAccess[] => {
    const { name, prefix } = service;
    if (Object.values(reach[index]?.levels ?? {}).every((level) => level === 'none')) return [];
    const used = holder.access?.[prefix];
    const names = tracked.includes(prefix) && used !== undefined ? actionsOf(service) : [];
    return [
      {
        ...{ namespace: prefix, name },
        last: used,
        actions: names.map((action) => ({ name: action, last: used?.actions[action] })),
      },
    ];
  });
}

function actionsOf({ actions, prefix }: ServiceActions): readonly string[] {
  return accessLevels
    .flatMap((level) => actions[level])
    .filter((name) => !onObjects.has(`${prefix}:${name}`) && !notTold.includes(`${prefix}:${name}`))
    .sort();
}
