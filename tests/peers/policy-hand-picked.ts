import type { Evaluation } from '../../core/domain/policy-evaluation';
import { home, type Document, type OracleCase, type Statement } from './policy-oracle-support';

export type HandPicked = OracleCase & {
  /** The rule of AWS that the case shows. */
  readonly name: string;
  /** What AWS's documentation demands, written by hand. */
  readonly expected: Evaluation['decision'];
  /** Why the oracle answers otherwise, with the page of AWS's documentation that is against it. */
  readonly oracleDiffers?: string;
};

/** `undefined` takes the key out of the request. */
export type Context = Readonly<Record<string, string | string[] | undefined>>;

export const anna = `arn:aws:iam::${home}:user/anna`;
export const bob = `arn:aws:iam::${home}:user/bob`;
export const root = `arn:aws:iam::${home}:root`;
export const deploySession = `arn:aws:sts::${home}:assumed-role/Deploy/build-7`;
export const deployRole = `arn:aws:iam::${home}:role/Deploy`;
/** What the request of that session carries. */
export const sessionContext = { 'aws:PrincipalArn': deployRole };
export const file = 'arn:aws:s3:::tidewater/releases/a.zip';

type Values = string | readonly string[];

export const allow = (Action: Values = '*', Resource: Values = '*', more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const deny = (Action: Values = '*', Resource: Values = '*', more: Statement = {}): Statement => ({
  Effect: 'Deny',
  Action,
  Resource,
  ...more,
});
export const policy = (...statements: readonly Statement[]): Document => ({
  Version: '2012-10-17',
  Statement: statements,
});

type Asked = Partial<Omit<HandPicked, 'name' | 'expected' | 'context'>> & { readonly context?: Context };

/** Anna reads a file of her own account, unless the case says otherwise. */
export function handPicked(name: string, expected: HandPicked['expected'], asked: Asked): HandPicked {
  const context = Object.entries(asked.context ?? {}).filter(
    (entry): entry is [string, string | string[]] => entry[1] !== undefined,
  );
  return {
    principal: anna,
    action: 's3:GetObject',
    resource: file,
    resourceAccountId: home,
    identity: [],
    ...asked,
    context: Object.fromEntries(context),
    name,
    expected,
  };
}
