import { Card } from '../../ui/card';
import { Folded } from '../../ui/folded';

/** What AWS's report does not tell, so that nobody takes it for more than it is. */
export function BlindSpots() {
  return (
    <Card padding="md">
      <Folded title="What the report does not tell" level={2}>
        <ul>
          <li>Refused attempts count as use, and what was done in the last hours may not be in it yet.</li>
          <li>It goes back 400 days at most. What is done once a year, or only after a disaster, may look unused.</li>
          <li>Single actions are told of some services only. Of the others all actions stay with their service.</li>
          <li>
            Passing a role on to a service is not told as a use of IAM, so <code>iam:PassRole</code> stays wherever it
            was allowed and anything else stays.
          </li>
          <li>A managed policy that gets smaller is replaced by an inline one. It follows AWS’s updates no more.</li>
        </ul>
      </Folded>
    </Card>
  );
}
