import { writeCounts } from './counts.mjs';

/** A Vitest reporter that hands its counts to scripts/test.mjs. */
export default class CountsReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) {
      // A file that could not even be loaded has no tests to fail.
      counts.failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') counts.passed += 1;
        else if (result.state === 'failed') counts.failed += 1;
        else counts.skipped.push({ name: test.fullName, reason: result.note ?? '' });
      }
    }
    writeCounts(counts);
  }
}
