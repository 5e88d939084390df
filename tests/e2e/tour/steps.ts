import type { Locator, Page } from 'playwright';
import { FirstRunScreen } from '../screens/first-run-screen';
import { heading, place } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import type { AppProcess } from '../support/app-process';

/** One thing a person does, and what must then be seen. Returns what was seen, in words; throws when it was not. */
export type TourStep = {
  readonly name: string;
  readonly act: (sallyport: AppProcess) => Promise<string>;
  /** Under this name what is seen then is a picture of the README and the guide. */
  readonly picture?: string;
};

/** Milliseconds for anything but a proof. */
const patience = 10_000;
/** Two refusals five seconds apart, twice. */
const proofPatience = 60_000;

async function see(target: Locator, timeout = patience): Promise<string> {
  await target.first().waitFor({ timeout });
  return (await target.first().innerText()).replaceAll(/\s+/g, ' ').slice(0, 160);
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click({ timeout: patience });
}

/** From the first run to a tested connection with an open session: presses, and fields that something is put into. */
const most = { clicks: 12, pastes: 1 };
type Counted = keyof typeof most;

/** Every click, every key that presses a button, and everything that comes into a field, as the page itself sees them. */
async function countWork(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { dataset } = document.documentElement;
    const count = (what: Counted, event: string): void => {
      dataset[what] = '0';
      const seen = ({ isTrusted }: Event): void => {
        if (isTrusted) dataset[what] = String(Number(dataset[what]) + 1);
      };
      addEventListener(event, seen, true);
    };
    count('clicks', 'click');
    count('pastes', 'input');
  });
}

/** What was counted so far; throws when it is more than a person should have to do. */
async function workSoFar(page: Page): Promise<Record<Counted, number>> {
  const { clicks, pastes } = await page.evaluate(() => {
    const { dataset } = document.documentElement;
    return { clicks: Number(dataset['clicks']), pastes: Number(dataset['pastes']) };
  });
  if (!(clicks >= 5 && clicks <= most.clicks && pastes <= most.pastes))
    throw new Error(`From the first run to connected took ${String(clicks)} clicks and ${String(pastes)} pastes`);
  return { clicks, pastes };
}

function readOnlyRow(page: Page): Locator {
  return page.getByRole('row').filter({ hasText: /read-only/i });
}

/** An entry of the read-only session's own menu. */
async function more(page: Page, entry: string): Promise<void> {
  await readOnlyRow(page)
    .getByRole('button', { name: /^More for / })
    .click();
  await page.getByRole('menuitem', { name: entry }).click({ timeout: patience });
}

/** The whole main job: connect, test, watch, use, hand on, take back. */
export const tourSteps: readonly TourStep[] = [
  {
    name: 'first-run',
    act: async ({ page }) => {
      await see(page.getByText('Found on this computer'));
      await countWork(page);
      return await see(new FirstRunScreen(page).heading);
    },
  },
  {
    name: 'practice',
    act: async ({ page }) => {
      await new FirstRunScreen(page).practice.click();
      await see(page.getByText('111122223333').or(page.getByText('practice-deployer')));
      return await see(page.getByText('No session is open'));
    },
  },
  {
    name: 'recipe',
    act: async ({ page }) => {
      await press(page, 'Connect');
      return await see(new WizardScreen(page).heading('What should they be able to do?'));
    },
  },
  {
    name: 'account',
    act: async ({ page }) => {
      await press(page, 'Continue');
      return await see(new WizardScreen(page).heading('Which account do they enter?'));
    },
  },
  {
    name: 'options',
    act: async ({ page }) => {
      await press(page, 'Continue');
      return await see(new WizardScreen(page).heading('How should the role be?'));
    },
  },
  {
    name: 'review',
    picture: 'review',
    act: async ({ page }) => {
      await press(page, 'Continue');
      return await see(page.getByText('Nothing exists yet.'));
    },
  },
  {
    name: 'create',
    act: async ({ page }) => {
      await press(page, 'Accept and create');
      await press(page, 'Create the role');
      return await see(page.getByText(/steps done in/));
    },
  },
  {
    name: 'test',
    act: async ({ page }) => {
      await press(page, 'Test the connection');
      await press(page, 'Test connection');
      return await see(page.getByText('10 of 10 passed'));
    },
  },
  {
    name: 'connected',
    act: async ({ page }) => {
      await press(page, 'Finish');
      await see(page.getByText('Session open'));
      const { clicks, pastes } = await workSoFar(page);
      return `${await see(heading(page, /^Connected to/))} after ${String(clicks)} clicks and ${String(pastes)} pastes`;
    },
  },
  {
    name: 'sessions',
    act: async ({ page }) => {
      await press(page, 'Done');
      return await see(page.getByRole('row', { name: /Practice production/ }));
    },
  },
  {
    name: 'use',
    act: async ({ app, page }) => {
      await page.getByRole('button', { name: 'Copy environment' }).click();
      await see(page.getByText('Environment copied for bash'));
      const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
      if (!copied.includes('export AWS_SESSION_TOKEN=')) throw new Error('The environment is not on the clipboard');
      await press(page, 'Open console');
      return await see(page.getByText('The sandbox has no console page'));
    },
  },
  {
    name: 'read-only-session',
    act: async ({ page }) => {
      await press(page, 'Start a session');
      const dialog = page.getByRole('dialog', { name: 'Start a session' });
      await dialog.getByText('Renew it automatically').click();
      await dialog.getByRole('button', { name: 'More ways' }).click();
      await dialog.getByText('Read only', { exact: true }).click();
      await dialog.getByRole('button', { name: 'Start session' }).click();
      await dialog.waitFor({ state: 'detached', timeout: patience });
      return await see(readOnlyRow(page));
    },
  },
  {
    name: 'renewed',
    picture: 'sessions',
    act: async ({ page }) => {
      const until = readOnlyRow(page).getByText(/^ends /);
      const before = await see(until);
      // AWS counts whole seconds
      await page.waitForTimeout(1100);
      await more(page, 'Renew now');
      await readOnlyRow(page).getByText(before, { exact: true }).waitFor({ state: 'detached', timeout: patience });
      return `${before}, renewed: ${await see(until)}`;
    },
  },
  {
    name: 'handed-on',
    act: async ({ app, page }) => {
      await more(page, 'Hand off…');
      const panel = page.getByRole('dialog', { name: /^Hand off/ });
      await panel.getByRole('button', { name: 'Switch on' }).click();
      await see(panel.getByText(/^On, port \d+$/));
      await panel.getByRole('button', { name: /two variables/ }).click();
      const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
      const [uri, token] = [/FULL_URI='([^']+)'/, /AUTHORIZATION_TOKEN='([^']+)'/].map((one) => one.exec(copied)?.[1]);
      // as an SDK asks, with what was copied
      const answer = await fetch(uri ?? '', { headers: { authorization: token ?? '' } });
      const given = (await answer.json()) as { readonly Expiration?: string };
      if (!answer.ok || given.Expiration === undefined) throw new Error('The endpoint gave no credentials');
      await see(panel.getByText('answered'));
      const seen = `answered, until ${given.Expiration}`;
      await panel.getByRole('button', { name: 'Close' }).first().click();
      return seen;
    },
  },
  {
    name: 'ended',
    act: async ({ page }) => {
      await more(page, 'End…');
      await page.getByRole('alertdialog').getByRole('button', { name: 'End the session' }).click();
      await readOnlyRow(page).waitFor({ state: 'detached', timeout: patience });
      return await see(page.getByText(/ended in the last day/));
    },
  },
  {
    name: 'connection',
    act: async ({ page }) => {
      await place(page, 'Connections').click();
      await page.getByRole('row', { name: /Practice production/ }).click();
      return await see(page.getByText('Working'));
    },
  },
  {
    name: 'revoke',
    act: async ({ page }) => {
      await press(page, 'Revoke…');
      return await see(page.getByRole('alertdialog').getByText(/at the latest/));
    },
  },
  {
    name: 'two-clocks',
    act: async ({ page }) => {
      const dialog = page.getByRole('alertdialog');
      await dialog.getByText('Delete the role').click();
      await dialog.getByRole('button', { name: 'Delete the role' }).click();
      await see(page.getByText('New sessions blocked since'));
      return await see(page.getByText(/Last credential dies/));
    },
  },
  {
    name: 'proof',
    picture: 'revocation',
    act: async ({ page }) => {
      await see(page.getByText('Both doors shut, proved'), proofPatience);
      return await see(page.getByText(/^Complete: \d+ refusals seen/));
    },
  },
  {
    name: 'nothing-left',
    act: async ({ page }) => {
      await place(page, 'Sessions').click();
      return await see(page.getByText('No session is open'));
    },
  },
];
