import { z } from '../zod';

/** Keys that Sallyport writes itself: by them it knows what it made. IAM compares keys without regard to case. */
const ownKeys: readonly string[] = ['managedby', 'onboardingid'];

const tagCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const characterWords = 'Letters, digits, spaces and _ . : / = + - @ can stand in a tag.';

/** A tag of the person's own on the role. Characters and lengths are IAM's [model:iam, tagKeyType and tagValueType]. */
export const roleTagSchema = z.strictObject({
  key: z
    .string()
    .min(1, 'A tag needs a key.')
    .max(128, 'A tag’s key has 128 characters at most.')
    .regex(tagCharacters, characterWords)
    .refine((key) => !/^aws:/i.test(key), 'Keys that begin with aws: belong to AWS.')
    .refine(
      (key) => !ownKeys.includes(key.toLowerCase()),
      'Sallyport writes this tag itself: by it, it knows what it made.',
    ),
  value: z.string().max(256, 'A tag’s value has 256 characters at most.').regex(tagCharacters, characterWords),
});
export type RoleTag = Readonly<z.infer<typeof roleTagSchema>>;

/** A role has 50 tags at most [model:iam, tagListType]; two are Sallyport's. */
export const mostRoleTags = 50 - ownKeys.length;

/** The place in the list of the first key that stands there already, in whatever case. */
export function repeatedTag(tags: readonly RoleTag[]): number | undefined {
  const index = tags.findIndex(
    ({ key }, at) => tags.findIndex((other) => other.key.toLowerCase() === key.toLowerCase()) < at,
  );
  return index < 0 ? undefined : index;
}

export const roleTagsSchema = z
  .array(roleTagSchema)
  .max(mostRoleTags, `A role takes ${mostRoleTags} tags besides Sallyport’s own.`)
  .superRefine((tags, context) => {
    const at = repeatedTag(tags);
    if (at === undefined) return;
    context.addIssue({
      code: 'custom',
      path: [at, 'key'],
      message: 'This key is there already. IAM takes upper and lower case for the same.',
    });
  });
