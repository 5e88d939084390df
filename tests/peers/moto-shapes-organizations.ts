import { acceptedBy, reasons } from './moto-reasons';
import type { Server, Step } from './moto-shapes';

const root = (at: Server) => at.of('the root', 'Roots[0].Id');
const unit = (at: Server) => at.of('make a unit', 'OrganizationalUnit.Id');
const asked = (at: Server) => at.of('ask for an account', 'CreateAccountStatus.Id');
const account = (at: Server) => at.of('the account is there', 'CreateAccountStatus.AccountId');

export const organizationSteps: readonly Step[] = [
  { name: 'no organization', run: (at) => at.organizations.describeOrganization({}) },
  {
    name: 'make an organization',
    run: (at) => at.organizations.createOrganization({ FeatureSet: 'ALL' }),
    differs: { 'Organization.MasterAccountEmail': reasons.ownerData },
  },
  { name: 'make the organization again', run: (at) => at.organizations.createOrganization({ FeatureSet: 'ALL' }) },
  {
    name: 'see the organization',
    run: (at) => at.organizations.describeOrganization({}),
    differs: { 'Organization.MasterAccountEmail': reasons.ownerData },
  },
  {
    name: 'the root',
    run: (at) => at.organizations.listRoots({}),
    differs: {
      'Roots[].PolicyTypes[].Type': reasons.policyTypes,
      'Roots[].PolicyTypes[].Status': reasons.policyTypes,
      'Roots[].PolicyTypes': reasons.policyTypes,
    },
  },
  {
    name: 'ask for an account',
    run: (at) => at.organizations.createAccount({ AccountName: 'Shapes', Email: 'shapes@example.com' }),
    differs: {
      'CreateAccountStatus.State': reasons.notAtOnce,
      'CreateAccountStatus.CompletedTimestamp': reasons.notAtOnce,
      'CreateAccountStatus.AccountId': reasons.notAtOnce,
    },
  },
  { name: 'no units', run: (at) => at.organizations.listOrganizationalUnitsForParent({ ParentId: root(at) }) },
  {
    name: 'make a unit',
    run: (at) => at.organizations.createOrganizationalUnit({ ParentId: root(at), Name: 'Workloads' }),
    differs: { 'OrganizationalUnit.Path': reasons.paths },
  },
  {
    name: 'see the unit',
    run: (at) => at.organizations.describeOrganizationalUnit({ OrganizationalUnitId: unit(at) }),
    differs: { 'OrganizationalUnit.Path': reasons.paths },
  },
  {
    name: 'see an absent unit',
    run: (at) => at.organizations.describeOrganizationalUnit({ OrganizationalUnitId: 'ou-zzzz-zzzzzzzz' }),
  },
  {
    name: 'units',
    run: (at) => at.organizations.listOrganizationalUnitsForParent({ ParentId: root(at) }),
    differs: { 'OrganizationalUnits[].Path': reasons.paths },
  },
  {
    name: 'rename the unit',
    run: (at) => at.organizations.updateOrganizationalUnit({ OrganizationalUnitId: unit(at), Name: 'Work' }),
    differs: { 'OrganizationalUnit.Path': reasons.paths },
  },
  {
    name: 'the account is there',
    run: (at) => at.organizations.describeCreateAccountStatus({ CreateAccountRequestId: asked(at) }),
  },
  {
    name: 'a request that is not there',
    run: (at) => at.organizations.describeCreateAccountStatus({ CreateAccountRequestId: 'car-zzzzzzzz' }),
    differs: { 'refusal.name': reasons.otherError },
  },
  {
    name: 'requests',
    run: (at) => at.organizations.listCreateAccountStatus({ States: ['SUCCEEDED'] }),
    differs: {
      'CreateAccountStatuses[].AccountName': reasons.managementRequest,
      'CreateAccountStatuses[].Id': reasons.managementRequest,
      'CreateAccountStatuses[].State': reasons.managementRequest,
      'CreateAccountStatuses[].RequestedTimestamp': reasons.managementRequest,
      'CreateAccountStatuses[].CompletedTimestamp': reasons.managementRequest,
      'CreateAccountStatuses[].AccountId': reasons.managementRequest,
    },
  },
  {
    name: 'see the account',
    run: (at) => at.organizations.describeAccount({ AccountId: account(at) }),
    differs: { 'Account.Paths[]': reasons.paths },
  },
  { name: 'see an absent account', run: (at) => at.organizations.describeAccount({ AccountId: '999999999999' }) },
  {
    name: 'the first page of accounts',
    run: (at) => at.organizations.listAccounts({ MaxResults: 1 }),
    differs: {
      'Accounts[].Email': reasons.ownerData,
      'Accounts[].Name': reasons.ownerData,
      'Accounts[].Paths[]': reasons.paths,
      'Accounts[].JoinedMethod': reasons.invited,
    },
  },
  {
    name: 'accounts',
    run: (at) => at.organizations.listAccounts({}),
    differs: {
      'Accounts[].Email': reasons.ownerData,
      'Accounts[].Name': reasons.ownerData,
      'Accounts[].Paths[]': reasons.paths,
      'Accounts[].JoinedMethod': reasons.invited,
    },
  },
  {
    name: 'accounts of the root',
    run: (at) => at.organizations.listAccountsForParent({ ParentId: root(at) }),
    differs: {
      'Accounts[].Email': reasons.ownerData,
      'Accounts[].Name': reasons.ownerData,
      'Accounts[].Paths[]': reasons.paths,
      'Accounts[].JoinedMethod': reasons.invited,
    },
  },
  {
    name: 'move the account',
    run: (at) =>
      at.organizations.moveAccount({
        AccountId: account(at),
        SourceParentId: root(at),
        DestinationParentId: unit(at),
      }),
  },
  {
    name: 'move it from where it no longer is',
    run: (at) =>
      at.organizations.moveAccount({
        AccountId: account(at),
        SourceParentId: root(at),
        DestinationParentId: unit(at),
      }),
    differs: { refusal: acceptedBy('SourceParentNotFoundException', 400) },
  },
  { name: 'the account’s parents', run: (at) => at.organizations.listParents({ ChildId: account(at) }) },
  { name: 'the unit’s parents', run: (at) => at.organizations.listParents({ ChildId: unit(at) }) },
  {
    name: 'accounts in the unit',
    run: (at) => at.organizations.listChildren({ ParentId: unit(at), ChildType: 'ACCOUNT' }),
  },
  {
    name: 'units in the root',
    run: (at) => at.organizations.listChildren({ ParentId: root(at), ChildType: 'ORGANIZATIONAL_UNIT' }),
  },
  {
    name: 'tag the account',
    run: (at) => at.organizations.tagResource({ ResourceId: account(at), Tags: [{ Key: 'Team', Value: 'one' }] }),
  },
  { name: 'the account’s tags', run: (at) => at.organizations.listTagsForResource({ ResourceId: account(at) }) },
  // Last, for moto makes both.
  {
    name: 'make the unit again',
    run: (at) => at.organizations.createOrganizationalUnit({ ParentId: root(at), Name: 'Work' }),
    differs: { refusal: acceptedBy('DuplicateOrganizationalUnitException', 400) },
  },
  {
    name: 'a unit in a root that is not there',
    run: (at) => at.organizations.createOrganizationalUnit({ ParentId: 'r-zzzz', Name: 'Workloads' }),
    differs: { refusal: acceptedBy('ParentNotFoundException', 400) },
  },
  {
    name: 'delete the unit that is not empty',
    run: (at) => at.organizations.deleteOrganizationalUnit({ OrganizationalUnitId: unit(at) }),
    differs: { refusal: acceptedBy('OrganizationalUnitNotEmptyException', 400) },
  },
];
