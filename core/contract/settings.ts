import { z } from '../zod';
import { idSchema, labelSchema, regionSchema, workspaceSchema } from '../domain/limits';
import { call, nothing } from './call';

const preferencesSchema = z.strictObject({
  /** where new connections and source identities start, unless they say otherwise; the partition follows from it */
  region: regionSchema.optional(),
});
export type Preferences = Readonly<z.infer<typeof preferencesSchema>>;

/** One of the app's own files, or what there is in a folder of it. `bytes` with what stands beside it, as its backup. */
const dataFileSchema = z.strictObject({
  path: z.string().max(200),
  what: z.string().max(200),
  bytes: z.int().min(0),
});
export type DataFile = Readonly<z.infer<typeof dataFileSchema>>;

const named = z.array(z.strictObject({ id: idSchema, name: labelSchema })).max(5000);

const profilePlace = { name: z.string().max(64), file: z.string().max(4096) };

/** What could not be taken away. */
const leftSchema = z.strictObject({
  /** profiles that stayed in the person's AWS files */
  profiles: z.array(z.strictObject({ ...profilePlace, why: z.string().max(400) })).max(1100),
  /** the keychain did not answer, and what it may hold of this app stays there */
  keychainLeft: z.boolean(),
  /** the system goes on opening links with this program */
  linksLeft: z.boolean(),
});
export type Left = Readonly<z.infer<typeof leftSchema>>;

/** What goes on, and is not seen from here any more once everything is forgotten. */
const standingSchema = z.strictObject({
  workspaces: z
    .array(
      z.strictObject({
        workspace: workspaceSchema,
        /** what changes an account at this moment, in words; everything waits for it */
        atWork: z.array(z.string().max(200)).max(50),
        sessions: named,
        /** asked for, or under way: AWS may not have shut out everybody yet */
        revocations: named,
        /** that AWS is making or closing */
        accounts: named,
        connections: z.int().min(0),
        /** of this app, in the person's AWS files; `isChanged`: a hand has changed their lines */
        profiles: z.array(z.strictObject({ ...profilePlace, isChanged: z.boolean() })).max(1000),
      }),
    )
    .max(2),
});
export type Standing = Readonly<z.infer<typeof standingSchema>>;

export const settings = {
  getPreferences: call(nothing, preferencesSchema),
  setPreferences: call(preferencesSchema, nothing),
  /** the app's folder, its files and what each is for; topic `app` says nothing of it: it is asked anew each time */
  lookAtData: call(
    nothing,
    z.strictObject({ path: z.string().max(4096), files: z.array(dataFileSchema).max(200), rest: z.int().min(0) }),
  ),
  openDataFolder: call(nothing, nothing),
  /** versions, states and counts as text; no secret, no ID, no name, no path */
  diagnose: call(nothing, z.strictObject({ text: z.string().max(20_000) })),
  lookBeforeReset: call(nothing, standingSchema),
  /** settings only: connections and everything else stay */
  forgetSettings: call(nothing, nothing),
  /** as they were before they were forgotten, while the app runs */
  bringSettingsBack: call(nothing, nothing),
  /** sessions, profiles, keychain items and files of this app, in both workspaces; nothing at AWS. Begins anew. */
  forgetEverything: call(
    z.strictObject({
      /** also profiles whose lines a hand has changed */
      alsoChanged: z.boolean(),
    }),
    leftSchema,
  ),
};
