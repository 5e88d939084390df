import { connectInPractice, heading } from '../screens/places';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

test('a role is narrowed to what it used, by keyboard, and that is undone', async ({ launch }) => {
  test.setTimeout(120_000);
  const { page: window } = await launch();
  await connectInPractice(window);
  await window.keyboard.press('Control+2');
  await heading(window, 'Connections').waitFor();
  await window.getByRole('row', { name: /Practice production/ }).press('Enter');
  await heading(window, 'Practice production').waitFor();
  await window.getByRole('button', { name: 'More', exact: true }).press('Enter');
  await window.getByRole('menuitem', { name: 'Narrow to what it used…' }).press('Enter');
  await heading(window, 'Narrow DeploymentService').waitFor();

  // the role did nothing but look who it is: nearly everything would go
  const unused = window.getByRole('region', { name: 'What would stop working' });
  await expect(unused.getByRole('grid')).toBeVisible();
  await expect(window.getByText(/It used Security Token Service/)).toBeVisible();
  await expect(window.getByText('The role is younger than that.')).toBeVisible();
  await takePictures(window, 'narrowing');
  await inBothThemes(window, () => expectAccessible(window));

  // what a person knows better stays
  const before = await window.getByRole('region', { name: 'AdministratorAccess', exact: true }).textContent();
  expect(before).toContain('sts:*');
  expect(before).not.toContain('s3:*');
  await unused.getByLabel('Find a service or an action').fill('s3');
  await unused.getByRole('checkbox', { name: 'Keep s3', exact: true }).focus();
  await window.keyboard.press('Space');
  await expect(window.getByRole('region', { name: 'AdministratorAccess', exact: true })).toContainText('s3:*');
  await takePictures(window, 'narrowing-kept');

  await window.getByRole('button', { name: 'Narrow the role…' }).press('Enter');
  const dialog = window.getByRole('dialog', { name: 'Narrow the role' });
  await expect(dialog.getByRole('region', { name: 'Plan' })).toContainText('iam:DetachRolePolicy');
  await takePictures(window, 'narrowing-plan');
  await inBothThemes(window, () => expectAccessible(window));
  await dialog.getByRole('button', { name: 'Narrow the role' }).press('Enter');
  const done = window.getByRole('region', { name: 'Narrowed: what AWS has now is what is agreed' });
  await done.waitFor();
  await takePictures(window, 'narrowing-done');

  await done.getByRole('button', { name: 'Undo' }).press('Enter');
  await window.getByRole('region', { name: 'Undone: the role is what it was before' }).waitFor();
  await expect(window.getByRole('region', { name: 'AdministratorAccess', exact: true })).toBeVisible();
});
