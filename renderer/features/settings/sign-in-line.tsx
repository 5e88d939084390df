import { portalName, type SignIn } from '../../../core/domain/identity-center';
import { useFromNow, useNow } from '../../app/clock';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { ErrorPanel } from '../../ui/error-panel';
import { formatDuration, formatShortClock } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Text } from '../../ui/text';
import { showToast } from '../../ui/toast';
import styles from './sign-in.module.css';

interface SignInLineProps {
  readonly signIn: SignIn;
  /** Absent where a button beside it does the same. */
  readonly onSignIn: (() => void) | undefined;
  /** Only where no role of it was chosen yet. */
  readonly onChooseRole?: (() => void) | undefined;
}

/** How long a sign-in lasts, and the ways to end and begin it. */
export function SignInLine({ signIn, onSignIn, onChooseRole }: SignInLineProps) {
  const signOut = useAct('sources', 'signOut');
  const portal = portalName(signIn.startUrl);
  // what renews itself has no end that is known here
  const isIn = useFromNow((now) => (signIn.renews === true || (signIn.expiresAt ?? 0) > now ? 'in' : 'out')) === 'in';
  const leave = async () => {
    const answer = await signOut.run({ signInId: signIn.id });
    if (answer === undefined) return;
    showToast({
      title: `Signed out of ${portal}`,
      detail: answer.toldAws
        ? 'Its tokens are wiped here, and AWS ended them.'
        : 'Its tokens are wiped here. AWS did not answer: there they end by themselves.',
      icon: 'check',
    });
  };
  return (
    <>
      <div className={styles['line']}>
        <Icon name={isIn ? 'check' : 'alert'} size="sm" tone={isIn ? 'success' : 'warning'} />
        <Text size="sm">{isIn ? <Left signIn={signIn} portal={portal} /> : `Not signed in to ${portal}`}</Text>
        {onChooseRole !== undefined && isIn && (
          <Button size="sm" onPress={onChooseRole}>
            Choose a role…
          </Button>
        )}
        {onSignIn !== undefined && !(isIn && signIn.renews === true) && (
          <Button size="sm" variant="link" onPress={onSignIn}>
            {isIn ? 'Sign in again' : 'Sign in'}
          </Button>
        )}
        {(isIn || onChooseRole !== undefined) && (
          <Button
            size="sm"
            variant="link"
            busy={signOut.busy ? { label: 'Signing out' } : undefined}
            onPress={() => void leave()}
          >
            {isIn ? 'Sign out' : 'Forget it'}
          </Button>
        )}
      </div>
      {signOut.error !== undefined && (
        <ErrorPanel
          error={signOut.error}
          onRemedy={() => void leave()}
          onCopyDetail={copyText}
          emphasis="secondary"
          isBare
        />
      )}
    </>
  );
}

function Left({ signIn: { expiresAt = 0, renews }, portal }: { readonly signIn: SignIn; readonly portal: string }) {
  const left = expiresAt - useNow();
  if (renews === true) {
    return (
      <>{`Signed in to ${portal}, ${left <= 0 ? 'renewed when it is next used' : `renewed by itself at ${formatShortClock(expiresAt)}`}`}</>
    );
  }
  return <>{`Signed in to ${portal} until ${formatShortClock(expiresAt)}, ${formatDuration(left)} left`}</>;
}
