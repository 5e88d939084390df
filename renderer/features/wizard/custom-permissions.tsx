import { useRef, useState } from 'react';
import { Controller, useFormState, type Control } from 'react-hook-form';
import { mostRoleTags } from '../../../core/domain/role-tags';
import { Button, IconButton } from '../../ui/button';
import { Card } from '../../ui/card';
import { FormTextArea, FormTextField } from '../../ui/form-field';
import { Grow, Row, Stack } from '../../ui/layout';
import { TextField } from '../../ui/text-field';
import { Text } from '../../ui/text';
import styles from './custom-permissions.module.css';
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
  const [justAdded, setJustAdded] = useState(false);
  const foot = useRef<HTMLDivElement>(null);
  return (
    <Card title="Tags" subtitle="besides the two by which Sallyport knows what it made" padding="md">
      <Controller
        name="tags"
        control={control}
        render={({ field: { value: tags, onChange } }) => {
          const set = (at: number, part: 'key' | 'value', text: string) =>
            onChange(tags.map((tag, index) => (index === at ? { ...tag, [part]: text } : tag)));
          return (
            <Stack gap="md">
              {tags.length === 0 && (
                <Text as="p" tone="muted">
                  None of your own.
                </Text>
              )}
              {tags.map((tag, index) => (
                <Row key={index} align="start">
                  <Grow>
                    <TextField
                      label={`Key ${index + 1}`}
                      value={tag.key}
                      onChange={(text) => set(index, 'key', text)}
                      error={errors.tags?.[index]?.key?.message}
                      autoFocus={justAdded && index === tags.length - 1}
                      maxLength={128}
                    />
                  </Grow>
                  <Grow>
                    <TextField
                      label={`Value ${index + 1}`}
                      value={tag.value}
                      onChange={(text) => set(index, 'value', text)}
                      error={errors.tags?.[index]?.value?.message}
                      maxLength={256}
                    />
                  </Grow>
                  <div className={styles['remove']}>
                    <IconButton
                      icon="trash"
                      label={`Remove tag ${index + 1}`}
                      onPress={() => {
                        onChange(tags.filter((_, at) => at !== index));
                        foot.current?.querySelector('button')?.focus();
                      }}
                    />
                  </div>
                </Row>
              ))}
              <div ref={foot}>
                <Button
                  size="sm"
                  icon="plus"
                  disabledReason={tags.length >= mostRoleTags ? 'A role takes no more tags' : undefined}
                  onPress={() => {
                    setJustAdded(true);
                    onChange([...tags, { key: '', value: '' }]);
                  }}
                >
                  Add a tag
                </Button>
              </div>
            </Stack>
          );
        }}
      />
    </Card>
  );
}
