import type { SignInOperation } from '../../../core/contract/operations';
import type { SignInWay } from '../../../core/contract/sources';
import { useNow } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { formatDuration, formatElapsed } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { Spinner } from '../../ui/ring';
import { Mono, Text } from '../../ui/text';
import styles from './sign-in.module.css';

interface SignInWaitingProps {
  /** Absent for the moment before main's first word of it. */
  readonly operation: SignInOperation | undefined;
  readonly onAgain: (way?: SignInWay) => void;
  readonly onBack: () => void;
}

/** While the person is in the browser, and what went wrong there. */
export function SignInWaiting({ operation, onAgain, onBack }: SignInWaitingProps) {
  const openPage = useAct('sources', 'openSignInPage');
  const remedy = useRemedy({ retry: () => onAgain() });
  if (operation?.state === 'failed' && operation.error !== undefined) {
    const other = operation.way === 'browser' ? 'code' : 'browser';
    return (
      <Stack gap="lg">
        <ErrorPanel error={operation.error} onRemedy={remedy} onCopyDetail={copyText} isBare />
        <Row justify="end" gap="md">
          <Button autoFocus onPress={onBack}>
            Change the address
          </Button>
          <Button onPress={() => onAgain(other)}>
            {other === 'code' ? 'Sign in with a code' : 'Sign in in the browser'}
          </Button>
        </Row>
      </Stack>
    );
  }
  const { page, userCode, waitsUntil } = operation ?? {};
  const open = () => {
    if (operation !== undefined) void openPage.run({ operationId: operation.id });
  };
  return (
    <Stack gap="lg">
      {operation === undefined || waitsUntil === undefined ? (
        <Row>
          <Spinner size="sm" />
          <Text>Asking AWS for a way to sign in</Text>
        </Row>
      ) : userCode === undefined ? (
        <p>Your browser shows IAM Identity Center. Sign in there, and allow Sallyport.</p>
      ) : (
        <>
          <p>
            Open the page, and see that it shows this code. Type it where the page asks for one, then allow Sallyport.
          </p>
          <div className={styles['code']}>
            <output aria-label="Code">{userCode}</output>
            <CopyButton label="Copy" what="the code" size="md" onCopy={() => copyText(userCode)} />
          </div>
          <Text tone="muted" size="sm">
            The page is <Mono>{page}</Mono>
          </Text>
        </>
      )}
      {openPage.error !== undefined && (
        <ErrorPanel error={openPage.error} onRemedy={open} onCopyDetail={copyText} emphasis="secondary" isBare />
      )}
      {operation !== undefined && waitsUntil !== undefined && <Waited from={operation.startedAt} until={waitsUntil} />}
      <Row justify="end" gap="md">
        <Button size="lg" onPress={onBack}>
          Cancel
        </Button>
        <Button
          size="lg"
          variant={userCode === undefined ? 'secondary' : 'primary'}
          autoFocus
          trailingIcon="external"
          busy={openPage.busy ? { label: 'Opening' } : undefined}
          disabledReason={waitsUntil === undefined ? 'AWS has not answered yet' : undefined}
          onPress={open}
        >
          {userCode === undefined ? 'Open the browser again' : 'Open the page'}
        </Button>
      </Row>
    </Stack>
  );
}

const minuteMs = 60_000;

function Waited({ from, until }: { readonly from: number; readonly until: number }) {
  const now = useNow();
  return (
    <Row>
      <Spinner size="sm" />
      <Text tone="muted" numeric>
        {`Waiting for you, ${formatElapsed(now - from)} of ${formatDuration(Math.round((until - from) / minuteMs) * minuteMs)}`}
      </Text>
    </Row>
  );
}
