import { Controller, useFormState, type Control } from 'react-hook-form';
import { mostRoleTags } from '../../../core/domain/role-tags';
import { Card } from '../../ui/card';
import { FormTextArea, FormTextField } from '../../ui/form-field';
import { Stack } from '../../ui/layout';
import { TagRows } from '../../ui/tag-rows';
import { Text } from '../../ui/text';
import type { OptionsForm } from './options-form';

interface CustomProps {
  readonly control: Control<OptionsForm>;
}

/** What the role may do, where the recipe leaves it to the person. */
export function PermissionsCard({ control }: CustomProps) {
  return (
    <Card title="What it may do" padding="md">
      <Stack gap="lg">
        <FormTextArea
          control={control}
          name="managedPolicies"
          label="Managed policies"
          help="One a line: the name of an AWS policy such as job-function/ViewOnlyAccess, or a policy’s ARN."
          rows={3}
          mono
        />
        <FormTextArea
          control={control}
          name="inlinePolicy"
          label="Inline policy"
          help="JSON, up to 10,240 characters. Leave it empty for none."
          rows={8}
          mono
        />
        <FormTextField
          control={control}
          name="permissionsBoundaryArn"
          label="Permissions boundary"
          help="The ARN of a policy that limits the role, or nothing."
          mono
          maxLength={2048}
        />
      </Stack>
    </Card>
  );
}

/** Tags of the person's own on the role: a row each. */
export function TagsCard({ control }: CustomProps) {
  const { errors } = useFormState({ control, name: 'tags' });
  return (
    <Card title="Tags" subtitle="besides the two by which Sallyport knows what it made" padding="md">
      <Controller
        name="tags"
        control={control}
        render={({ field: { value: tags, onChange } }) => (
          <TagRows
            noun="tag"
            tags={tags}
            onChange={onChange}
            blank={{ key: '', value: '' }}
            problemOf={(index) => ({
              key: errors.tags?.[index]?.key?.message,
              value: errors.tags?.[index]?.value?.message,
            })}
            fullReason={tags.length >= mostRoleTags ? 'A role takes no more tags' : undefined}
            note={
              tags.length === 0 && (
                <Text tone="muted" size="sm">
                  None of your own.
                </Text>
              )
            }
          />
        )}
      />
    </Card>
  );
}
