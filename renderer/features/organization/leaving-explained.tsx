import { Card } from '../../ui/card';
import { Stack } from '../../ui/layout';
import { Text } from '../../ui/text';
import { Consequences } from './consequences';

const needs: readonly string[] = [
  'A means of payment, contact information and a support plan of its own, filled in by its root user.',
  'Patience, where it is new: AWS lets it go up to 7 days after it was made.',
  'Nothing that the organization delegated to it, such as administering a service.',
];

/** The other ways out, which a button cannot do: AWS wants to know who pays. */
export function LeavingExplained() {
  return (
    <Card title="To keep it, outside" padding="md">
      <Stack gap="lg">
        <Text as="p">
          An account can leave the organization and stand alone instead. Policies of the organization then hold no
          longer, and its access role still lets this management account in until somebody deletes it.
        </Text>
        <Consequences title="What it needs" items={needs} />
        <Text as="p" tone="muted" size="sm">
          With all of that it is removed in the console of AWS Organizations, or leaves by itself: signed in to it,
          under AWS Organizations, “Leave this organization”. A policy may forbid the second.
        </Text>
      </Stack>
    </Card>
  );
}
