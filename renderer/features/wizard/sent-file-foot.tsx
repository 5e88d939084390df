import { Button } from '../../ui/button';
import { Row } from '../../ui/layout';
import { Text } from '../../ui/text';

interface SentFileFootProps {
  readonly what: 'request' | 'reply';
  readonly onOther: () => void;
}

/** Under what somebody sent: that it was checked, and the way to open another one. */
export function SentFileFoot({ what, onOther }: SentFileFootProps) {
  return (
    <Row>
      <Text tone="muted" size="sm">
        The {what} is sound and has no secret in it.
      </Text>
      <Button variant="link" onPress={onOther}>
        Open another one
      </Button>
    </Row>
  );
}
