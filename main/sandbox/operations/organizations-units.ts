import { z } from '../../../core/zod';
import type { SignedCall } from '../call';
import { attachFullAccess, lineage, removeTarget } from '../organization';
import type { OrganizationRecord, UnitRecord } from '../organization-record';
import { organizationQuotas } from '../organization-quotas';
import {
  arnOf,
  authorizeOn,
  childIdSchema,
  constraint,
  findUnit,
  managed,
  page,
  pageSchema,
  parentIdSchema,
  read,
  readTags,
  refuse,
  requireParent,
  tagsSchema,
  unitIdSchema,
  type Members,
} from './organizations-shared';
import type { JsonOperations } from './operation';

const nameSchema = z.string().min(1).max(128);

function unitFields(organization: OrganizationRecord, unit: UnitRecord): Members {
  return {
    Id: unit.id,
    Arn: arnOf(organization, 'ou', unit.id),
    Name: unit.name,
    Path: `${[organization.id, ...lineage(organization, unit.id)].join('/')}/`,
  };
}

function refuseTakenName(organization: OrganizationRecord, parentId: string, name: string): void {
  if (organization.units.some((unit) => unit.parentId === parentId && unit.name === name))
    throw refuse('DuplicateOrganizationalUnitException', 'An OU with the same name already exists.');
}

function createUnit(call: SignedCall, input: unknown): Members {
  const asked = read(z.object({ ParentId: parentIdSchema, Name: nameSchema, Tags: tagsSchema.optional() }), input);
  const tags = readTags(asked.Tags);
  const organization = managed(call, 'CreateOrganizationalUnit', { ids: [asked.ParentId], tags });
  const id = `ou-${organization.rootId.slice(2)}-${call.state.newName('unit', 8)}`;
  if (tags.length > 0) authorizeOn(call, organization, 'TagResource', { ids: [id], tags });
  requireParent(organization, asked.ParentId);
  refuseTakenName(organization, asked.ParentId, asked.Name);
  if (lineage(organization, asked.ParentId).length > organizationQuotas.unitDepth)
    throw constraint('OU_DEPTH_LIMIT_EXCEEDED', 'You have exceeded the number of levels deep that OUs can be nested.');
  if (organization.units.length >= organizationQuotas.units)
    throw constraint('OU_NUMBER_LIMIT_EXCEEDED', 'You have exceeded the number of OUs allowed in an organization.');
  const unit = { id, parentId: asked.ParentId, name: asked.Name, tags };
  organization.units.push(unit);
  attachFullAccess(organization, id);
  return { OrganizationalUnit: unitFields(organization, unit) };
}

function updateUnit(call: SignedCall, input: unknown): Members {
  const asked = read(z.object({ OrganizationalUnitId: unitIdSchema, Name: nameSchema.optional() }), input);
  const organization = managed(call, 'UpdateOrganizationalUnit', { ids: [asked.OrganizationalUnitId] });
  const unit = findUnit(organization, asked.OrganizationalUnitId);
  if (asked.Name !== undefined && asked.Name !== unit.name) {
    refuseTakenName(organization, unit.parentId, asked.Name);
    unit.name = asked.Name;
  }
  return { OrganizationalUnit: unitFields(organization, unit) };
}

function deleteUnit(call: SignedCall, input: unknown): Members {
  const { OrganizationalUnitId: id } = read(z.object({ OrganizationalUnitId: unitIdSchema }), input);
  const organization = managed(call, 'DeleteOrganizationalUnit', { ids: [id] });
  findUnit(organization, id);
  if ([...organization.accounts, ...organization.units].some((child) => child.parentId === id))
    throw refuse('OrganizationalUnitNotEmptyException', 'You specified an organizational unit that is not empty.');
  removeTarget(organization, id);
  return {};
}

const parentSchema = z.object({ ParentId: parentIdSchema, ...pageSchema });

function listChildren(call: SignedCall, input: unknown): Members {
  const asked = read(parentSchema.extend({ ChildType: z.enum(['ACCOUNT', 'ORGANIZATIONAL_UNIT']) }), input);
  const organization = managed(call, 'ListChildren', { ids: [asked.ParentId] });
  requireParent(organization, asked.ParentId);
  const of = asked.ChildType === 'ACCOUNT' ? organization.accounts : organization.units;
  const children: readonly { readonly id: string; readonly parentId: string }[] = of;
  const { items, next } = page(
    children.filter((child) => child.parentId === asked.ParentId),
    asked,
  );
  return { Children: items.map(({ id }) => ({ Id: id, Type: asked.ChildType })), ...next };
}

function listParents(call: SignedCall, input: unknown): Members {
  const asked = read(z.object({ ChildId: childIdSchema, ...pageSchema }), input);
  const organization = managed(call, 'ListParents', { ids: [asked.ChildId] });
  const child = [...organization.accounts, ...organization.units].find(({ id }) => id === asked.ChildId);
  if (child === undefined) throw refuse('ChildNotFoundException', "You specified a child that doesn't exist.");
  const Type = child.parentId === organization.rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
  const { items, next } = page([{ Id: child.parentId, Type }], asked);
  return { Parents: items, ...next };
}

export const organizationUnitOperations: JsonOperations = {
  CreateOrganizationalUnit: createUnit,
  UpdateOrganizationalUnit: updateUnit,
  DeleteOrganizationalUnit: deleteUnit,
  DescribeOrganizationalUnit: (call, input) => {
    const { OrganizationalUnitId: id } = read(z.object({ OrganizationalUnitId: unitIdSchema }), input);
    const organization = managed(call, 'DescribeOrganizationalUnit', { ids: [id] });
    return { OrganizationalUnit: unitFields(organization, findUnit(organization, id)) };
  },
  ListOrganizationalUnitsForParent: (call, input) => {
    const asked = read(parentSchema, input);
    const organization = managed(call, 'ListOrganizationalUnitsForParent', { ids: [asked.ParentId] });
    requireParent(organization, asked.ParentId);
    const units = organization.units.filter((unit) => unit.parentId === asked.ParentId);
    const { items, next } = page(units, asked);
    return { OrganizationalUnits: items.map((unit) => unitFields(organization, unit)), ...next };
  },
  ListChildren: listChildren,
  ListParents: listParents,
};
