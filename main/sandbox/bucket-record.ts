import { z } from '../../core/zod';

const objectVersion = z.object({
  /** `null` for what was stored while the bucket kept no versions. */
  id: z.string(),
  at: z.number(),
  /** Absent for a delete marker. */
  content: z
    .object({
      base64: z.string(),
      /** bytes */
      size: z.number(),
      /** MD5, in hexadecimal. */
      etag: z.string(),
      /** Headers to give back: content type, metadata. Names in lower case. */
      headers: z.record(z.string(), z.string()),
      checksum: z.object({ name: z.string(), value: z.string() }).optional(),
    })
    .optional(),
});

/** One of S3's buckets as it is saved, with its objects in it: they are few and small. */
export const bucketSchema = z.object({
  name: z.string(),
  accountId: z.string(),
  region: z.string(),
  createdAt: z.number(),
  /** As stored: users and roles named as principals stand there by their unique ID. */
  policy: z.string().optional(),
  /** Absent once it was deleted: nothing is blocked then. */
  publicAccessBlock: z
    .object({
      blockPublicAcls: z.boolean(),
      ignorePublicAcls: z.boolean(),
      blockPublicPolicy: z.boolean(),
      restrictPublicBuckets: z.boolean(),
    })
    .optional(),
  versioning: z.enum(['Enabled', 'Suspended']).optional(),
  tags: z.array(z.object({ key: z.string(), value: z.string() })),
  /** Each key's versions, the oldest first. */
  objects: z.array(z.object({ key: z.string(), versions: z.array(objectVersion) })),
});

export type BucketRecord = z.infer<typeof bucketSchema>;
export type ObjectRecord = BucketRecord['objects'][number];
export type ObjectVersion = z.infer<typeof objectVersion>;
