import { useNavigate } from 'react-router';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Chip } from '../../ui/chip';
import { Row, Stack } from '../../ui/layout';
import { Text } from '../../ui/text';
import { ReviewHistory } from './review-history';
import { reasonLooks } from './review-words';

/** On a connection’s page: what is due for it, and what was decided before. */
export function ReviewCard({ connectionId }: { readonly connectionId: string }) {
  const detail = useAsk('reviews', 'reviews', 'get', { subjectId: connectionId }).data;
  const navigate = useNavigate();
  if (detail === undefined || detail.reasons.length + detail.reviews.length === 0) return null;
  return (
    <Card
      title="Reviews"
      padding="md"
      actions={
        !detail.isClosed && (
          <Button variant="link" size="sm" onPress={() => void navigate(`/reviews?of=${connectionId}`)}>
            Review it
          </Button>
        )
      }
    >
      <Stack gap="md">
        {detail.reasons.length > 0 && (
          <Row gap="xs" wrap>
            <Text tone="muted" size="sm">
              Due for
            </Text>
            {detail.reasons.map(({ key, kind }) => (
              <Chip key={key} tone={reasonLooks[kind].tone} icon={reasonLooks[kind].icon}>
                {reasonLooks[kind].word}
              </Chip>
            ))}
          </Row>
        )}
        <ReviewHistory reviews={detail.reviews} most={5} />
      </Stack>
    </Card>
  );
}
