import { useEffect, useEffectEvent, useState } from 'react';
import type { SignInWay } from '../../../core/contract/sources';
import { portalName, type SignIn } from '../../../core/domain/identity-center';
import { useOperationOn } from '../../ipc/operations';
import { useAct } from '../../ipc/queries';
import { Dialog } from '../../ui/dialog';
import { showToast } from '../../ui/toast';
import { ChooseRole } from './choose-role';
import { SignInForm, type SignInPlace } from './sign-in-form';
import { SignInWaiting } from './sign-in-waiting';

interface SignInDialogProps {
  /** Somebody may be signed in to these already. */
  readonly signIns: readonly SignIn[];
  /** Signs in to this one again, or chooses another role of it. */
  readonly begin?: { readonly signIn: SignIn; readonly step: 'sign-in' | 'role' } | undefined;
  readonly onClose: () => void;
}

type Step =
  | { readonly kind: 'form' }
  | { readonly kind: 'waiting'; readonly operationId: string; readonly signInId: string }
  | { readonly kind: 'role'; readonly signInId: string };

const empty: SignInPlace = { startUrl: '', region: '', way: 'browser' };

/** From the address of an access portal to one of its roles. What was typed stays through every failure. */
export function SignInDialog({ signIns, begin, onClose }: SignInDialogProps) {
  const [place, setPlace] = useState<SignInPlace>(
    begin === undefined ? empty : { ...empty, startUrl: begin.signIn.startUrl, region: begin.signIn.region },
  );
  const [step, setStep] = useState<Step>(
    begin?.step === 'role' ? { kind: 'role', signInId: begin.signIn.id } : { kind: 'form' },
  );
  const start = useAct('sources', 'signIn');
  const cancel = useAct('operations', 'cancel');
  const operation = useOperationOn('sign-in', step.kind === 'waiting' ? step.signInId : undefined);
  const current = step.kind === 'waiting' && operation?.id === step.operationId ? operation : undefined;
  const isAgain = begin?.step === 'sign-in';

  const signIn = async (wanted: SignInPlace) => {
    setPlace(wanted);
    const begun = await start.run(wanted);
    // what was refused at once is said beside the fields
    setStep(begun === undefined ? { kind: 'form' } : { kind: 'waiting', ...begun });
  };
  const stop = () => {
    // main's first word of it may still be on its way
    const isRunning = current === undefined || current.state === 'running';
    if (step.kind === 'waiting' && isRunning) void cancel.run({ operationId: step.operationId });
  };
  const back = () => {
    stop();
    setStep({ kind: 'form' });
  };
  const close = () => {
    stop();
    onClose();
  };

  const doneId = current?.state === 'done' ? current.subjectId : undefined;
  const finish = useEffectEvent(() => {
    showToast({ title: `Signed in to ${portalName(place.startUrl)}`, icon: 'check' });
    onClose();
  });
  useEffect(() => {
    if (doneId !== undefined && isAgain) finish();
  }, [doneId, isAgain]);

  const signInId = step.kind === 'role' ? step.signInId : isAgain ? undefined : doneId;
  if (signInId !== undefined) {
    return (
      <ChooseRole
        signInId={signInId}
        region={place.region}
        onSignIn={() => setStep({ kind: 'form' })}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog
      isOpen
      onClose={close}
      title={isAgain ? `Sign in to ${portalName(place.startUrl)} again` : 'Sign in with IAM Identity Center'}
      description={
        step.kind === 'form'
          ? 'You sign in at AWS. Sallyport never sees your password.'
          : 'Closing this cancels the sign-in. Nothing else is lost.'
      }
      escape="safe"
      width="md"
    >
      {step.kind === 'form' ? (
        <SignInForm
          place={place}
          signedIn={begin === undefined ? signIns.filter(({ expiresAt }) => expiresAt !== undefined) : []}
          isFixed={begin !== undefined}
          busy={start.busy}
          error={start.error}
          onSubmit={(wanted) => void signIn(wanted)}
          onUse={(one) => {
            setPlace({ ...place, region: one.region });
            setStep({ kind: 'role', signInId: one.id });
          }}
          onCancel={close}
        />
      ) : (
        <SignInWaiting
          operation={current}
          onAgain={(way?: SignInWay) => void signIn({ ...place, way: way ?? place.way })}
          onBack={back}
        />
      )}
    </Dialog>
  );
}
