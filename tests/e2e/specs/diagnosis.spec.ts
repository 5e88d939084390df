import type { Page } from 'playwright';
import { connectInPractice, heading } from '../screens/places';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

async function openConnection(window: Page): Promise<void> {
  await window.keyboard.press('Control+2');
  await heading(window, 'Connections').waitFor();
  await window.getByRole('row', { name: /Practice production/ }).click();
  await heading(window, 'Practice production').waitFor();
}

async function forbidAssuming(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Make trouble' }).click();
  const panel = window.getByRole('dialog', { name: 'Practice sandbox' });
  await panel.getByRole('button', { name: /The organization$/ }).click();
  await window.getByRole('option', { name: 'Denies sts:AssumeRole', exact: true }).click();
  await expect(window.getByRole('listbox')).toHaveCount(0);
  await window.keyboard.press('Escape');
}

async function makeAllWell(window: Page): Promise<void> {
  await window.getByRole('button', { name: /^Trouble:/ }).click();
  const panel = window.getByRole('dialog', { name: 'Practice sandbox' });
  await panel.getByRole('button', { name: 'All well again' }).click();
  await expect(panel.getByText('All is well in the sandbox.')).toBeVisible();
  await window.keyboard.press('Escape');
}

test('a connection that stopped working says why on its page, and goes on from what failed', async ({ window }) => {
  await connectInPractice(window);
  await openConnection(window);
  await forbidAssuming(window);
  await window.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(
    window.getByRole('heading', { name: 'A service control policy of the source’s organization forbids it' }),
  ).toBeVisible();
  await expect(window.getByText('Whoever administers the organization must change it')).toBeVisible();
  await takePictures(window, 'connection-failing');
  await inBothThemes(window, () => expectAccessible(window));

  await makeAllWell(window);
  await window.getByRole('button', { name: 'Go on from AssumeRole' }).press('Enter');
  await expect(window.getByRole('heading', { name: 'AWS did not let you in' })).toHaveCount(0);
  await expect(window.getByText('Working', { exact: true }).first()).toBeVisible();
});
