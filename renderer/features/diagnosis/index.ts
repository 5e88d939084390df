export { ChecksSummary, useCheckRows } from './check-rows';
export { TestFailure } from './test-failure';
