import type { Server } from './moto-shapes';

export const policyOf = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
export const readFiles = policyOf({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });
export const malformed = policyOf({ Effect: 'Perhaps', Action: 's3:GetObject', Resource: '*' });
export const trust = (at: Server) =>
  policyOf({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${at.accountId}:root` }, Action: 'sts:AssumeRole' });
export const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
export const absentPolicy = (at: Server) => `arn:aws:iam::${at.accountId}:policy/Absent`;
/** Sets apart what the steps make from what a server has already. */
export const Path = '/shapes/';
