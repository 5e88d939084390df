/**
 * Stands in the bundles for what electron-store's engine loads at every start and needs only for options that
 * main/store never sets: a JSON-schema compiler, its formats and a version comparer, 250 KB and some 40 ms. Documents
 * are checked by zod. Using one of them is a bug, and says so.
 */
function absent() {
  throw new Error('This dependency of electron-store is left out of the bundle (scripts/lib/absent-dependency.mjs)');
}

export const Ajv2020 = absent;
export default absent;
