import type { EvaluationResult } from '@aws-sdk/client-iam';
import { allOf } from './all-pages';
import type { IamApi, SimulatedDecision } from './aws-api';
import type { AskIam } from './iam-objects-api';
import { required } from './required';

function decisionOf(result: EvaluationResult | undefined): SimulatedDecision {
  const given = required(result, 'EvaluationResults');
  const organization = given.OrganizationsDecisionDetail?.AllowedByOrganizations;
  const boundary = given.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary;
  return {
    decision: required(given.EvalDecision, 'EvalDecision'),
    ...(organization === undefined ? {} : { organizationAllows: organization }),
    ...(boundary === undefined ? {} : { boundaryAllows: boundary }),
    ...((given.MissingContextValues ?? []).length === 0 ? {} : { missesContext: true }),
  };
}

/** IAM's policy simulator. It does not know the resource's side: not a role's trust, not a bucket's policy (aws-reference §3.4). */
export function iamSimulationCalls(ask: AskIam): Pick<IamApi, 'simulatePrincipalPolicy' | 'simulateActions'> {
  const reading = { name: 'SimulatePrincipalPolicy', changes: false };
  return {
    simulatePrincipalPolicy: (PolicySourceArn, action, resource, context, options) =>
      ask(
        reading,
        options,
        (iam, sdk, http) =>
          iam.send(
            new sdk.SimulatePrincipalPolicyCommand({
              PolicySourceArn,
              ActionNames: [action],
              ResourceArns: [resource],
              ContextEntries: Object.entries(context).map(([ContextKeyName, value]) => ({
                ContextKeyName,
                ContextKeyValues: [value],
                ContextKeyType: 'string',
              })),
            }),
            http,
          ),
        ({ EvaluationResults: results }) => decisionOf(results?.[0]),
      ),
    simulateActions: (PolicySourceArn, actions, options) =>
      ask(
        reading,
        options,
        (iam, sdk, http) =>
          allOf(
            sdk.paginateSimulatePrincipalPolicy({ client: iam }, { PolicySourceArn, ActionNames: [...actions] }, http),
            (page) => page.EvaluationResults ?? [],
          ),
        ({ items }) =>
          items.map((result) => ({
            action: required(result.EvalActionName, 'EvalActionName'),
            ...decisionOf(result),
          })),
      ),
  };
}
