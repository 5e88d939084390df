import type { Connection } from '../../../core/domain/connection';
import { findRecipe } from '../../../core/recipes/catalog';
import { copyText } from '../../ipc/copy';
import { Card, Facts } from '../../ui/card';
import { CopyButton } from '../../ui/copy-button';
import { Row, Stack } from '../../ui/layout';
import { Mono, Text } from '../../ui/text';

/** What is noted down or passed on once everything is made, and what to do next. */
export function HandOn({ connection }: { readonly connection: Connection }) {
  const outputs = connection.outputs ?? [];
  const guide = findRecipe(connection.recipeId)?.guide ?? [];
  if (outputs.length === 0 && guide.length === 0) return null;
  return (
    <Card title="To hand on" padding="md">
      <Stack gap="lg">
        {outputs.length === 0 ? null : (
          <Facts
            facts={outputs.map(({ term, text }) => ({
              term,
              value: (
                <Row>
                  <Mono>{text}</Mono>
                  <CopyButton what={term} variant="ghost" onCopy={() => copyText(text)} />
                </Row>
              ),
            }))}
          />
        )}
        {guide.map(({ text, title }) => (
          <Text key={title} as="p">
            <b>{title}.</b> {text}
          </Text>
        ))}
      </Stack>
    </Card>
  );
}
