import { writeCounts } from './counts.mjs';

/** A Playwright reporter that hands its counts to scripts/test.mjs. */
export default class CountsReporter {
  #suite;
  #errors = 0;

  onBegin(_config, suite) {
    this.#suite = suite;
  }

  onError() {
    this.#errors += 1;
  }

  onEnd() {
    const counts = { passed: 0, failed: this.#errors, skipped: [] };
    for (const test of this.#suite?.allTests() ?? []) {
      const outcome = test.outcome();
      if (outcome === 'expected') counts.passed += 1;
      // A test that passes at the second try is a failure that has not been understood yet.
      else if (outcome === 'unexpected' || outcome === 'flaky') counts.failed += 1;
      else counts.skipped.push({ name: test.titlePath().filter(Boolean).join(' > '), reason: reasonOf(test) });
    }
    writeCounts(counts);
  }

  printsToStdio() {
    return false;
  }
}

function reasonOf(test) {
  const note = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme');
  return note?.description ?? '';
}
