import { expect, test } from '../support/fixture';

test('the menu copies, pastes and closes, and has no reload and no developer tools', async ({ sallyport }) => {
  const roles = await sallyport.app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap(
      (item) => item.submenu?.items.map(({ role }) => String(role)) ?? [],
    ),
  );
  expect(roles).toEqual(expect.arrayContaining(['copy', 'paste', 'close']));
  expect(roles.filter((role) => /reload|devtools/i.test(role))).toEqual([]);
});
