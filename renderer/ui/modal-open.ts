/**
 * A dialog is modal for everything: keys, files that are dropped or arrive, the icon of the desktop. It waits for its own
 * answer first. A notice has the role of one, in its region, and is not.
 */
export function isModalOpen(): boolean {
  return document.querySelector(':is([role="dialog"], [role="alertdialog"]):not([role="region"] *)') !== null;
}
