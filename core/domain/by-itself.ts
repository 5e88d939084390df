import { z } from '../zod';
import { appErrorSchema } from '../app-error';
import type { GuardRail } from './guard-rails';
import { idSchema, instantSchema } from './limits';

/**
 * What is done by itself for an account of the organization, in this order. Each asks first what holds already, so that
 * the whole way can be gone again from its beginning, wherever it was broken off.
 *
 * - `entering`: its access role is waited for, and becomes a source identity;
 * - `creating`: the plan is carried out with it; `testing`: the deployer enters by the new role;
 * - `guarding`: the guard rails that were wished for are attached to the account;
 * - `recording`: the connection is written down, which ends the wizard.
 */
export const bySteps = ['entering', 'creating', 'testing', 'guarding', 'recording'] as const;

/** Guard rails of the catalogue that are offered with a new role: it is protected, its account stays, and stays in its Region. */
export const byGuardRails = ['role', 'stay', 'regions'] as const;
export type ByGuardRail = (typeof byGuardRails)[number];

/** What a person chose to have done besides entering, creating and recording. */
export const byWishSchema = z.strictObject({
  withTest: z.boolean(),
  guardRails: z.array(z.enum(byGuardRails)).max(3),
});
export type ByWish = Readonly<z.infer<typeof byWishSchema>>;

/** How far it came. `running` with no operation: the app ended meanwhile, and goes on with it at its next start. */
export const byItselfSchema = byWishSchema.extend({
  state: z.enum(['running', 'stopped', 'failed']),
  at: z.enum(bySteps),
  /** what the connection will be called in the records: written down first, so that it is recorded once */
  connectionId: idSchema,
  /** for the first time: guard rails that were attached since are its own, and are taken off with the rest */
  begunAt: instantSchema.optional(),
  error: appErrorSchema.optional(),
});
export type ByItself = Readonly<z.infer<typeof byItselfSchema>>;

/** What a guard rail of these is about: the role that is made, by its path and name, and the Region of its account. */
export type ByGuardRailSubject = {
  readonly role: { readonly path: string; readonly name: string };
  /** by which the role is taken back: it is excepted */
  readonly accessRoleName: string;
  readonly region: string;
};

export function guardRailOf(kind: ByGuardRail, { accessRoleName, region, role }: ByGuardRailSubject): GuardRail {
  switch (kind) {
    case 'stay':
      return { kind };
    case 'regions':
      return { kind, regions: [region] };
    case 'role':
      return { kind, role, exceptions: [{ path: '/', name: accessRoleName }] };
  }
}
