import { z } from '../zod';
import { partitionById } from './partitions';

/**
 * Pages of the AWS console that people go to with a session: the path behind the Region's console host. Every service of
 * the console is at `/<name>/home`; these are the names in its own addresses.
 */
export const consoleDestinations = [
  { id: 'home', title: 'Console home', path: 'console' },
  { id: 'cloudformation', title: 'CloudFormation', path: 'cloudformation' },
  { id: 'cloudtrail', title: 'CloudTrail', path: 'cloudtrailv2' },
  { id: 'cloudwatch', title: 'CloudWatch', path: 'cloudwatch' },
  { id: 'codebuild', title: 'CodeBuild', path: 'codesuite/codebuild' },
  { id: 'codedeploy', title: 'CodeDeploy', path: 'codesuite/codedeploy' },
  { id: 'codepipeline', title: 'CodePipeline', path: 'codesuite/codepipeline' },
  { id: 'cost-management', title: 'Cost Management', path: 'costmanagement' },
  { id: 'dynamodb', title: 'DynamoDB', path: 'dynamodbv2' },
  { id: 'ec2', title: 'EC2', path: 'ec2' },
  { id: 'ecs', title: 'Elastic Container Service', path: 'ecs/v2' },
  { id: 'eks', title: 'Elastic Kubernetes Service', path: 'eks' },
  { id: 'iam', title: 'IAM', path: 'iam' },
  { id: 'lambda', title: 'Lambda', path: 'lambda' },
  { id: 'rds', title: 'RDS', path: 'rds' },
  { id: 'route53', title: 'Route 53', path: 'route53/v2' },
  { id: 's3', title: 'S3', path: 's3' },
  { id: 'secrets-manager', title: 'Secrets Manager', path: 'secretsmanager' },
  { id: 'systems-manager', title: 'Systems Manager', path: 'systems-manager' },
  { id: 'vpc', title: 'VPC', path: 'vpcconsole' },
] as const;

export type ConsoleDestinationId = (typeof consoleDestinations)[number]['id'];
export const consoleDestinationSchema = z.enum(consoleDestinations.map(({ id }) => id));

/** The page's address, or undefined for a partition without a public console. */
export function consoleAddress(
  destination: ConsoleDestinationId,
  partition: string,
  region: string,
): string | undefined {
  const host = partitionById(partition)?.consoleHost;
  const page = consoleDestinations.find(({ id }) => id === destination);
  if (host === undefined || page === undefined) return undefined;
  return `https://${region}.${host}/${page.path}/home?region=${region}`;
}
