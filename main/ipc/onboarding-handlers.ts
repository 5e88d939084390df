import type { Workspace } from '../workspace';
import type { Handlers } from './register';

export function onboardingHandlers(workspace: () => Workspace): Handlers['onboarding'] {
  return {
    startDraft: ({ account, subAccountId }) => workspace().onboarding.start(subAccountId, account),
    getDraft: ({ draftId }) => workspace().onboarding.get(draftId),
    act: ({ draftId, act }) => workspace().onboarding.act(draftId, act),
    askForAccount: ({ draftId, sourceId, wish }) => workspace().onboarding.newAccounts.ask(draftId, sourceId, wish),
    discardDraft: ({ draftId }) => workspace().onboarding.discard(draftId),
    getChecklist: ({ recipeId }) => workspace().onboarding.checklists.get(recipeId),
    tickChecklist: ({ recipeId, entryId, isDone }) => workspace().onboarding.checklists.tick(recipeId, entryId, isDone),
    openRequest: ({ text }) => workspace().onboarding.openRequest(text),
    requestText: ({ draftId }) => workspace().onboarding.requestText(draftId),
    saveRequest: ({ draftId }) => workspace().onboardingFiles.saveRequest(draftId),
    saveRequestPage: ({ draftId, form }) => workspace().onboardingFiles.saveRequestPage(draftId, form),
    replyText: ({ draftId }) => workspace().onboarding.replies.textOf(draftId),
    saveReply: ({ draftId }) => workspace().onboardingFiles.saveReply(draftId),
    readReply: ({ text }) => workspace().onboarding.replies.read(text),
    takeReply: ({ text }) => workspace().onboarding.replies.take(text),
    saveReceipt: ({ connectionId }) => workspace().onboardingFiles.saveReceipt(connectionId),
    saveRendering: ({ draftId, form }) => workspace().onboardingFiles.saveRendering(draftId, form),
    createRole: ({ draftId, sourceId }) => workspace().onboarding.createRole(draftId, sourceId),
    createByItself: ({ draftId, sourceId, ...wish }) => workspace().onboarding.byItself.start(draftId, wish, sourceId),
    undoCreation: ({ draftId, sourceId }) => workspace().onboarding.undoCreation(draftId, sourceId),
    undoConnection: ({ connectionId }) => workspace().receipts.undo(connectionId),
    testConnection: ({ draftId, justMade, again }) => workspace().onboarding.testConnection(draftId, justMade, again),
    finish: ({ draftId, name, durationSeconds, reviewInMonths }) =>
      workspace().onboarding.finish(draftId, { name, durationSeconds, reviewInMonths }),
  };
}
