import { z } from '../../../core/zod';
import type { SignedCall } from '../call';
import { fullAccessId, type OrganizationRecord } from '../organization-record';
import { organizationQuotas } from '../organization-quotas';
import type { TagRecord } from '../snapshot';
import {
  invalidInput,
  managed,
  page,
  pageSchema,
  read,
  readTags,
  refuse,
  refuseSystemTags,
  taggableIdSchema,
  tagsOf,
  tagsSchema,
  tooManyTags,
  type Members,
  type Subject,
} from './organizations-shared';
import type { JsonOperations } from './operation';

function requireTags(organization: OrganizationRecord, id: string): TagRecord[] {
  if (id === fullAccessId) throw invalidInput('TARGET_NOT_SUPPORTED', "You can't tag a policy that is managed by AWS.");
  const tags = tagsOf(organization, id);
  if (tags === undefined) throw refuse('TargetNotFoundException', "You specified a target that doesn't exist.");
  return tags;
}

/** The resource's tags, which may be changed in place. */
function tagsFor(call: SignedCall, action: string, id: string, subject: Subject): TagRecord[] {
  return requireTags(managed(call, action, { ids: [id], ...subject }), id);
}

export const organizationTagOperations: JsonOperations = {
  TagResource: (call, input): Members => {
    const asked = read(z.object({ ResourceId: taggableIdSchema, Tags: tagsSchema }), input);
    const added = readTags(asked.Tags);
    const tags = tagsFor(call, 'TagResource', asked.ResourceId, { tags: added });
    const next = [...tags.filter((tag) => !added.some(({ key }) => key === tag.key)), ...added];
    if (next.length > organizationQuotas.tags) throw tooManyTags();
    tags.splice(0, tags.length, ...next);
    return {};
  },
  UntagResource: (call, input): Members => {
    const keys = z.array(z.string().min(1).max(128));
    const asked = read(z.object({ ResourceId: taggableIdSchema, TagKeys: keys }), input);
    refuseSystemTags(asked.TagKeys);
    const tags = tagsFor(call, 'UntagResource', asked.ResourceId, { tagKeys: asked.TagKeys });
    tags.splice(0, tags.length, ...tags.filter((tag) => !asked.TagKeys.includes(tag.key)));
    return {};
  },
  ListTagsForResource: (call, input): Members => {
    const asked = read(z.object({ ResourceId: taggableIdSchema, NextToken: pageSchema.NextToken }), input);
    const { items, next } = page(tagsFor(call, 'ListTagsForResource', asked.ResourceId, {}), asked);
    return { Tags: items.map(({ key, value }) => ({ Key: key, Value: value })), ...next };
  },
};
