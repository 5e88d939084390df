import type { TestResult } from '../../core/domain/check';
import { diagnose } from '../../core/domain/diagnosis/diagnose';
import type { Evidence } from '../../core/domain/diagnosis/evidence';
import { readPastedRole } from '../../core/domain/diagnosis/pasted-eyes';
import { parseRoleArn } from '../../core/domain/arn';
import { err, ok, type Result } from '../../core/result';
import { notCancelled, type Sources } from '../sources/sources';
import { appError, type WorkspaceContext } from '../workspace-context';

type FailedTest = {
  readonly result: TestResult;
  readonly evidence: Evidence;
  /** writes the result where the test's subject keeps it */
  readonly keep: (result: TestResult) => void;
};

type Ports = Pick<WorkspaceContext, 'audit'> & { readonly sources: Sources };

/** What failed last, by draft or connection, for as long as the app runs: more can be learnt of it, and it can be put right. */
export class FailedTests {
  readonly #ports: Ports;
  readonly #failed = new Map<string, FailedTest>();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  remember(subjectId: string, failed: FailedTest): void {
    this.#failed.set(subjectId, failed);
  }

  forget(subjectId: string): void {
    this.#failed.delete(subjectId);
  }

  /** Looks again, at what somebody in the target account pasted of the role. */
  look(subjectId: string, text: string): Result<Record<string, never>> {
    const failed = this.#find(subjectId);
    if (!failed.ok) return failed;
    const { evidence, keep, result } = failed.value;
    const eyes = readPastedRole(text, evidence.roleArn);
    if (!eyes.ok) return eyes;
    const seen: Evidence = { ...evidence, eyes: eyes.value };
    const diagnosis = diagnose(seen);
    const looked: TestResult = { ...result, ...(diagnosis && { diagnosis }) };
    this.#failed.set(subjectId, { evidence: seen, keep, result: looked });
    keep(looked);
    return ok({});
  }

  /**
   * Makes the proposed change of the role's trust policy, with the source that read it. Refused where the policy is no
   * longer the one that was read: somebody else's change is never written over.
   */
  async correctTrust(subjectId: string): Promise<Result<Record<string, never>>> {
    const failed = this.#find(subjectId);
    if (!failed.ok) return failed;
    const { evidence, result } = failed.value;
    const correction = result.diagnosis?.causes.find(({ correction: one }) => one?.of === 'trust-policy')?.correction;
    const role = parseRoleArn(evidence.roleArn);
    if (correction === undefined || result.fixWith === undefined || role === undefined) {
      return err(appError('not-possible', 'There is no change that this app could make here.'));
    }
    const { sourceId } = result.fixWith;
    const clients = this.#ports.sources.clients(sourceId);
    if (!clients.ok) return clients;
    const { iam } = clients.value;
    const now = await iam.getRole(role.roleName);
    if (!now.ok) return err(notCancelled(now.error));
    if (now.value.value.trustPolicy !== correction.before) {
      return err(
        appError('not-possible', `The trust policy of ${role.roleName} was changed since it was read.`, {
          whatToDo: 'Test again: the proposal is then made for the policy as it is now.',
          retryable: true,
          remedies: [{ kind: 'retry' }],
        }),
      );
    }
    const noted = this.#ports.audit({ act: 'role.trust-corrected', subject: evidence.roleArn, sourceId });
    if (!noted.ok) return noted;
    const changed = await iam.updateAssumeRolePolicy(role.roleName, correction.after);
    return changed.ok ? ok({}) : err(notCancelled(changed.error));
  }

  #find(subjectId: string): Result<FailedTest> {
    const failed = this.#failed.get(subjectId);
    if (failed !== undefined) return ok(failed);
    return err(
      appError('not-possible', 'What was seen in this test is no longer in memory.', {
        whatToDo: 'Test again, then go on from there.',
        retryable: true,
        remedies: [{ kind: 'retry' }],
      }),
    );
  }
}
