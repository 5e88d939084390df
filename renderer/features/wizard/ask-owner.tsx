import { exchangeLink } from '../../../core/domain/exchange-link';
import { sayFailure } from '../../app/session-uses';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { IconButton } from '../../ui/button';
import { CopyButton, type CopyOutcome } from '../../ui/copy-button';
import { Menu } from '../../ui/menu';
import { Text } from '../../ui/text';
import { showToast } from '../../ui/toast';

const whenItComesBack = 'When a reply comes back, open it, or drop it on this window. A bare ARN goes into the test.';

/** The same question for somebody else: as text, as a file for their Sallyport, or as a page for who has none. */
export function AskOwner({ draftId }: { readonly draftId: string }) {
  const saveRequest = useAct('onboarding', 'saveRequest');
  const savePage = useAct('onboarding', 'saveRequestPage');
  const error = saveRequest.error ?? savePage.error;
  const say = (answer: { readonly path?: string | undefined } | undefined, title: string, detail: string) => {
    if (answer?.path !== undefined) showToast({ title, detail, icon: 'send' });
  };
  const request = async () => {
    savePage.reset();
    say(await saveRequest.run({ draftId }), 'Request saved. Send it to the owner of the account', whenItComesBack);
  };
  const page = async (form: 'html' | 'markdown') => {
    saveRequest.reset();
    say(
      await savePage.run({ draftId, form }),
      'Page saved. Send it to the owner of the account',
      'They send back the ARN of the role. Paste it into the test.',
    );
  };
  return (
    <>
      {error === undefined ? null : (
        <Text tone="danger" size="sm">
          {error.message} {error.whatToDo}
        </Text>
      )}
      <CopyButton
        what="request for the owner"
        label="Copy a request for the owner"
        size="md"
        onCopy={() => copyRequest(draftId)}
      />
      <Menu
        label="Ask the owner another way"
        trigger={<IconButton icon="send" label="Ask the owner another way" />}
        placement="bottom end"
        groups={[
          {
            id: 'with',
            heading: 'For somebody with Sallyport',
            entries: [
              {
                id: 'file',
                label: 'Save the request…',
                detail: 'a file that their Sallyport opens',
                icon: 'file',
                onAction: () => void request(),
              },
              {
                id: 'link',
                label: 'Copy as a link',
                detail: 'for a chat: it opens their Sallyport',
                icon: 'link',
                onAction: () => void copyLink(draftId),
              },
            ],
          },
          {
            id: 'without',
            heading: 'For somebody without Sallyport',
            entries: [
              {
                id: 'html',
                label: 'Save as a page (HTML)…',
                detail: 'to read and print, with scripts and clicks',
                icon: 'download',
                onAction: () => void page('html'),
              },
              {
                id: 'markdown',
                label: 'Save as text (Markdown)…',
                detail: 'for a ticket or a repository',
                icon: 'download',
                onAction: () => void page('markdown'),
              },
            ],
          },
        ]}
      />
    </>
  );
}

/** The same as the file, in an address that shows it to whoever opens it. */
async function copyLink(draftId: string): Promise<void> {
  const request = await client.onboarding.requestText({ draftId });
  sayFailure('The link was not copied', request);
  if (!request.ok) return;
  const link = exchangeLink(request.value.text);
  const copied = link === undefined ? tooLong : await copyText(link);
  showToast(
    copied.ok
      ? { title: 'Link copied. Send it to the owner of the account', detail: whenItComesBack, icon: 'send' }
      : { title: 'The link was not copied', detail: copied.message, icon: 'alert', tone: 'warning' },
  );
}

const tooLong: CopyOutcome = { ok: false, message: 'This request is too long for a link. Save it as a file.' };

/** The owner of the account gets text to open; here it goes on when their reply comes back. */
async function copyRequest(draftId: string): Promise<CopyOutcome> {
  const request = await client.onboarding.requestText({ draftId });
  if (!request.ok) return { ok: false, message: `${request.error.message} ${request.error.whatToDo}` };
  const copied = await copyText(request.value.text);
  if (copied.ok) {
    showToast({
      title: 'Request copied. Send it to the owner of the account',
      detail: whenItComesBack,
      icon: 'send',
    });
  }
  return copied;
}
