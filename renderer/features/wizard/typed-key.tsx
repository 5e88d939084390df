import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import type { AppError } from '../../../core/app-error';
import { accessKeySchema, type AccessKey } from '../../../core/contract/sources';
import type { Identity } from '../../../core/domain/source';
import type { AccountAnswers } from '../../../core/domain/wizard';
import { useRemedy } from '../../app/use-remedy';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { Button } from '../../ui/button';
import { ErrorPanel } from '../../ui/error-panel';
import { Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { AccountId, Mono } from '../../ui/text';
import { AccessKeyFields } from '../access-key';

const empty: AccessKey = { accessKeyId: '', secretAccessKey: '' };

export type HeldKey = { readonly sourceId: string; readonly identity: Identity };

/**
 * A key that main holds for this page. It is forgotten when the page goes, and main forgets it by itself at the end of
 * what it is used for: `isInUse` says while that runs.
 */
export function useHeldKey(isInUse: boolean) {
  const [key, setKey] = useState<HeldKey>();
  const [isSpent, setSpent] = useState(false);
  const current = useRef<string>(undefined);
  const forget = () => {
    const sourceId = current.current;
    current.current = undefined;
    setKey(undefined);
    if (sourceId !== undefined) void client.sources.forgetTyped({ sourceId });
  };
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      const sourceId = current.current;
      if (sourceId !== undefined) void client.sources.forgetTyped({ sourceId });
    };
  }, []);
  return {
    held: isSpent && !isInUse ? undefined : key,
    forget,
    spend: () => {
      setSpent(true);
    },
    hold: (next: HeldKey) => {
      // AWS may answer after the page was left
      if (isGone.current) {
        void client.sources.forgetTyped({ sourceId: next.sourceId });
        return;
      }
      current.current = next.sourceId;
      setKey(next);
      setSpent(false);
    },
  };
}

interface TypedKeyProps {
  readonly account: AccountAnswers;
  readonly held: HeldKey | undefined;
  readonly onHold: (key: HeldKey) => void;
  readonly onForget: () => void;
  readonly isDisabled: boolean;
}

/** A key typed for this creation alone: first whose it is, then it can be used. */
export function TypedKey({ account, held, onHold, onForget, isDisabled }: TypedKeyProps) {
  const form = useForm<AccessKey>({ resolver: zodResolver(accessKeySchema), defaultValues: empty });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError>();
  const submit = form.handleSubmit(async (key) => {
    setBusy(true);
    setError(undefined);
    const { accountId, region } = account;
    // SECURITY(S-13): asked directly and not through a query client, which would remember what it was called with
    const answer = await client.sources.typeOnce({ ...key, accountId, region });
    setBusy(false);
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    form.reset(empty);
    onHold(answer.value);
  });
  const remedy = useRemedy({ retry: () => void submit() });
  if (held !== undefined) {
    const { accountId, name } = held.identity;
    return (
      <Note
        tone="success"
        title={
          <>
            This is <Mono>{name}</Mono> in <AccountId id={accountId} />.
          </>
        }
        action={
          isDisabled ? undefined : (
            <Button variant="link" onPress={onForget}>
              Forget it
            </Button>
          )
        }
      >
        It is used for this creation only, kept nowhere, and forgotten when it ends or you leave.
      </Note>
    );
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="lg">
        <AccessKeyFields form={form} />
        {error !== undefined && (
          <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
        )}
        <Row>
          <Button
            icon="key"
            type="submit"
            isDisabled={isDisabled}
            busy={busy ? { label: 'Asking AWS whose it is' } : undefined}
          >
            Use this key once
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
