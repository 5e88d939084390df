import { clip } from '../../core/clip';
import { readCloudTrail } from '../../core/domain/cloudtrail-sessions';
import { parseRoleArn } from '../../core/domain/arn';
import { openingRegions, tightenedClock } from '../../core/domain/narrowed-clock';
import { denyOlderSessionsPolicyName, hasInertDeny, type Revocation } from '../../core/domain/revocation';
import { wayFacts } from '../../core/domain/revocation-ways';
import { err, ok, type Result } from '../../core/result';
import { notCancelled } from '../sources/sources';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import { denyWrittenAnew, isDenyOf } from './close-role';
import type { Revocations } from './revocations';
import { stepRecorder } from './step-recorder';

export type AfterCarePorts = Pick<WorkspaceContext, 'clock' | 'audit'> & {
  readonly revocations: Revocations;
};

type Done = Result<Record<string, never>>;

/** What is done about a revocation once the role is closed: signing, shortening the clock, and cleaning up. */
export class AfterCare {
  readonly #ports: AfterCarePorts;

  constructor(ports: AfterCarePorts) {
    this.#ports = ports;
  }

  signOff(revocationId: string, by: string, note: string): Done {
    const { audit, clock, revocations } = this.#ports;
    const revocation = revocations.find(revocationId);
    if (revocation === undefined) return err(notFound('This revocation'));
    const signOff = { by, note, at: clock.now() };
    const saved = revocations.records.patch(revocationId, (one) => ({ ...one, signOff }));
    if (!saved.ok) return saved;
    audit({ act: 'revocation.signed-off', subject: revocation.roleArn, revocationId });
    return ok({});
  }

  /**
   * Shortens the bound by what CloudTrail shows. Of the pasted text nothing is kept but times and counts: events carry the
   * tokens of the sessions that they tell of.
   */
  narrow(revocationId: string, text: string): Result<{ sessions: number; note: string }> {
    const { audit, clock, revocations } = this.#ports;
    const revocation = revocations.find(revocationId);
    const role = revocation === undefined ? undefined : parseRoleArn(revocation.roleArn);
    if (revocation === undefined || role === undefined) return err(notFound('This revocation'));
    const { blockedSince, cutoff, deadBy, maxSessionDuration, ownSessions, roleArn, way } = revocation;
    const closedAt = blockedSince ?? cutoff;
    if (closedAt === undefined || deadBy === undefined) {
      return err(
        appError('not-possible', 'There is no bound to shorten yet.', {
          whatToDo: 'Close the role first; then look at CloudTrail.',
        }),
      );
    }
    const findings = readCloudTrail(text, role);
    if (!findings.ok) return findings;
    const { partition, region } = revocations.targets.ofRecord(revocation);
    const readAt = clock.now();
    const clockNow = tightenedClock({
      ...{ closedAt, findings: findings.value, maxSessionDuration, ownSessions, readAt },
      isDoorShut: wayFacts[way].outer === 'shut',
      regions: openingRegions(region, partition),
    });
    const { events, sessions } = findings.value;
    const note = clockNow.isNarrowed ? clockNow.reason : clockNow.why;
    const saved = revocations.records.patch(revocationId, (one) => ({
      ...one,
      narrowed: { at: readAt, sessions: sessions.length, events, note },
      ...(clockNow.isNarrowed && clockNow.at < deadBy.at
        ? { deadBy: { at: clockNow.at, basis: 'events' as const, reason: clockNow.reason } }
        : {}),
      ...(clockNow.isNarrowed
        ? {
            unobserved: [...new Set([...one.unobserved, ...clockNow.caveats.map((line) => clip(line, 300))])].slice(
              -20,
            ),
          }
        : {}),
    }));
    if (!saved.ok) return saved;
    void revocations.settle();
    audit({ act: 'revocation.narrowed', subject: roleArn, revocationId, narrowed: String(clockNow.isNarrowed) });
    return ok({ sessions: sessions.length, note });
  }

  /** Deletes the deny of older sessions once none can be old enough; refused where somebody has put another time in it. */
  async cleanUp(revocationId: string): Promise<Done> {
    const { revocations } = this.#ports;
    const revocation = revocations.find(revocationId);
    if (revocation === undefined) return err(notFound('This revocation'));
    const { cleanedUpAt, cutoff } = revocation;
    if (cleanedUpAt !== undefined) return ok({});
    if (cutoff === undefined || !hasInertDeny(revocation)) {
      return err(
        appError('not-possible', 'The deny still has somebody to keep out, or there is none.', {
          whatDidNotChange: 'The role is as it is.',
          whatToDo: 'Wait until the last credential is dead.',
        }),
      );
    }
    return await revocations.alone(revocation, () => this.#deleteDeny(revocation, cutoff), revocationId);
  }

  async #deleteDeny(revocation: Revocation, cutoff: number): Promise<Done> {
    const { audit, clock, revocations } = this.#ports;
    const { id: revocationId, roleArn, roleName } = revocation;
    const acting = await revocations.actAgain(revocation, revocations.targets.ofRecord(revocation));
    if (!acting.ok) return acting;
    const { iam } = acting.value;
    const stands = await iam.getRolePolicy(roleName, denyOlderSessionsPolicyName);
    if (!stands.ok && stands.error.kind !== 'no-such-entity') return err(notCancelled(stands.error));
    if (stands.ok && !isDenyOf(stands.value.value, cutoff)) return err(denyWrittenAnew());
    const step = stepRecorder(clock, (change) => revocations.records.patch(revocationId, change));
    const deleted = await step(`Cleaned up policy ${denyOlderSessionsPolicyName}`, 'iam:DeleteRolePolicy', () =>
      iam.deleteRolePolicy(roleName, denyOlderSessionsPolicyName),
    );
    if (!deleted.ok) return err(notCancelled(deleted.error));
    revocations.records.patch(revocationId, (one) => ({ ...one, cleanedUpAt: deleted.value.at }));
    audit({ act: 'revocation.cleaned-up', subject: roleArn, revocationId });
    return ok({});
  }
}
