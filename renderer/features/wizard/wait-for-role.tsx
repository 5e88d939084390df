import { Button } from '../../ui/button';
import { Note } from '../../ui/note';
import { Mono } from '../../ui/text';

interface WaitForRoleProps {
  /** The plan's own: account and name are known before anybody made it. */
  readonly roleArn: string;
  readonly onWait: (roleArn: string) => void;
}

/** Nothing has to be pasted where the plan says what the role will be called. */
export function WaitForRole({ roleArn, onWait }: WaitForRoleProps) {
  return (
    <Note
      tone="info"
      title="Nothing to paste?"
      action={
        <Button variant="link" onPress={() => onWait(roleArn)}>
          Wait for it
        </Button>
      }
    >
      The plan says what the role will be: <Mono>{roleArn}</Mono>. Sallyport asks until it is let in, shows how long
      that takes, and goes on with the test by itself.
    </Note>
  );
}
