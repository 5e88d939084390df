/**
 * A dialog is modal for everything: keys, files that are dropped or arrive, the icon of the desktop. It waits for its own
 * answer first. A notice has the role of one, in its region, and is not.
 */
export function isModalOpen(): boolean {
  return document.querySelector(':is([role="dialog"], [role="alertdialog"]):not([role="region"] *)') !== null;
}

/** Now, or as soon as no dialog is open any more. @returns what calls it off */
export function onceNoModal(act: () => void): () => void {
  if (!isModalOpen()) {
    act();
    return () => undefined;
  }
  const observer = new MutationObserver(() => {
    if (isModalOpen()) return;
    observer.disconnect();
    act();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
  };
}
