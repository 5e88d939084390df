/**
 * Stands where `electron` would be in tests that run in plain Node, as electron-store expects it outside of Electron:
 * there is no app, no ipcMain, no shell. The package itself would try to download a program when imported.
 */
const absent: Readonly<Record<string, never>> = {};

export default absent;
