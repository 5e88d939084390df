import type * as sdkModule from '@aws-sdk/client-organizations';
import type { HttpHandlerOptions, MetadataBearer } from '@smithy/types';
import type { AwsResult, CallOptions } from './aws-api';
import type { AwsOperation } from './error-words';

/** One call of Organizations: what it is, how it is sent, and what is read out of its answer. */
export type Ask = <Output extends MetadataBearer, T>(
  operation: AwsOperation,
  options: CallOptions | undefined,
  send: (client: sdkModule.OrganizationsClient, sdk: typeof sdkModule, http: HttpHandlerOptions) => Promise<Output>,
  read: (output: Output) => T,
) => AwsResult<T>;

export const reading = (name: string): AwsOperation => ({ name, changes: false });
export const changing = (name: string): AwsOperation => ({ name, changes: true });
export const nothing = (): undefined => undefined;

/** The one type of policy that the app works with. */
export const serviceControl = 'SERVICE_CONTROL_POLICY';
