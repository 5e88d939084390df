import type { ReactNode } from 'react';
import { Card } from '../../ui/card';
import { Stack } from '../../ui/layout';
import { Text } from '../../ui/text';

interface RecipeCardProps {
  readonly title: string;
  readonly description: string;
  readonly children: ReactNode;
}

/** The chosen recipe, read beside the list. */
export function RecipeCard({ title, description, children }: RecipeCardProps) {
  return (
    <Card title={title} plainHead padding="md">
      <Stack gap="lg">
        <Text as="p" tone="muted">
          {description}
        </Text>
        {children}
      </Stack>
    </Card>
  );
}
