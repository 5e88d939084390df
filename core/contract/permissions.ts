import { z } from '../zod';
import { idSchema, instantSchema } from '../domain/limits';
import { call } from './call';

const cellSchema = z.enum(['none', 'some', 'all', 'risky', 'extra']);

/** A line of the permission map; `services` names those that it stands for. */
const rowSchema = z.strictObject({
  service: z.string().max(120),
  services: z.array(z.string().max(120)).max(1000),
  cells: z.strictObject({
    list: cellSchema,
    read: cellSchema,
    write: cellSchema,
    permissions: cellSchema,
    tagging: cellSchema,
  }),
});

/** Something in the trust or a policy of the role that somebody should look at. */
const watchedSchema = z.strictObject({
  id: z.string().max(400),
  severity: z.enum(['warning', 'danger']),
  /** “Trust policy”, or the policy’s name */
  document: z.string().max(160),
  /** of the document as IAM shows it, from 1 */
  line: z.int().min(1),
  message: z.string().max(400),
  narrow: z.string().max(400),
});
export type Watched = Readonly<z.infer<typeof watchedSchema>>;

const rolePermissionsSchema = z.strictObject({
  /**
   * where it was read: by a source of the target account, by a session of the role itself, or, as nobody can look, from
   * what was agreed; `nowhere` where that is not known either
   */
  from: z.enum(['target', 'role', 'agreed', 'nowhere']),
  /** the source that read it */
  readWith: z.string().max(80).optional(),
  readAt: instantSchema,
  rows: z.array(rowSchema).max(1000),
  /** whether it could be held against what was agreed: only then a cell can be `extra` */
  isCompared: z.boolean(),
  findings: z.array(watchedSchema).max(100),
  /** policies whose text could not be read: they are not in the rows */
  unread: z.array(z.string().max(160)).max(60),
});
export type RolePermissions = Readonly<z.infer<typeof rolePermissionsSchema>>;

export const permissions = {
  /**
   * what the role of a connection may do; read once after each test, and `again` when asked. Topic `connections`: it is out
   * of date after each test
   */
  ofConnection: call(z.strictObject({ connectionId: idSchema, again: z.boolean().optional() }), rolePermissionsSchema),
};
