export { KeysSheet } from './keys-sheet';
export { Palette } from './palette';
