/**
 * AWS's partitions: separate copies of AWS that share neither accounts nor identities. A role of one partition
 * cannot be assumed from another (aws-reference §3.4, §4; region prefixes from botocore's partitions.json).
 */
export type Partition = {
  readonly id: string;
  readonly title: string;
  /** Beginning of every region name in the partition. */
  readonly regionPrefixes: readonly string[];
  /** Where STS is asked when the person chose no region. */
  readonly defaultRegion: string;
  readonly dnsSuffix: string;
  /** Absent where the partition has no public console. */
  readonly consoleHost?: string;
  readonly signInHost?: string;
};

export const partitions: readonly Partition[] = [
  {
    id: 'aws',
    title: 'AWS',
    regionPrefixes: ['us-', 'eu-', 'ap-', 'sa-', 'ca-', 'me-', 'af-', 'il-', 'mx-'],
    defaultRegion: 'us-east-1',
    dnsSuffix: 'amazonaws.com',
    consoleHost: 'console.aws.amazon.com',
    signInHost: 'signin.aws.amazon.com',
  },
  {
    id: 'aws-cn',
    title: 'AWS China',
    regionPrefixes: ['cn-'],
    defaultRegion: 'cn-north-1',
    dnsSuffix: 'amazonaws.com.cn',
    consoleHost: 'console.amazonaws.cn',
    signInHost: 'signin.amazonaws.cn',
  },
  {
    id: 'aws-us-gov',
    title: 'AWS GovCloud (US)',
    regionPrefixes: ['us-gov-'],
    defaultRegion: 'us-gov-west-1',
    dnsSuffix: 'amazonaws.com',
    consoleHost: 'console.amazonaws-us-gov.com',
    signInHost: 'signin.amazonaws-us-gov.com',
  },
  {
    id: 'aws-eusc',
    title: 'AWS European Sovereign Cloud',
    regionPrefixes: ['eusc-de-'],
    defaultRegion: 'eusc-de-east-1',
    dnsSuffix: 'amazonaws.eu',
    consoleHost: 'console.amazonaws-eusc.eu',
    signInHost: 'signin.amazonaws-eusc.eu',
  },
  {
    id: 'aws-iso',
    title: 'AWS ISO (US)',
    regionPrefixes: ['us-iso-'],
    defaultRegion: 'us-iso-east-1',
    dnsSuffix: 'c2s.ic.gov',
  },
  {
    id: 'aws-iso-b',
    title: 'AWS ISOB (US)',
    regionPrefixes: ['us-isob-'],
    defaultRegion: 'us-isob-east-1',
    dnsSuffix: 'sc2s.sgov.gov',
  },
  {
    id: 'aws-iso-e',
    title: 'AWS ISOE (Europe)',
    regionPrefixes: ['eu-isoe-'],
    defaultRegion: 'eu-isoe-west-1',
    dnsSuffix: 'cloud.adc-e.uk',
  },
  {
    id: 'aws-iso-f',
    title: 'AWS ISOF',
    regionPrefixes: ['us-isof-'],
    defaultRegion: 'us-isof-south-1',
    dnsSuffix: 'csp.hci.ic.gov',
  },
];

export function partitionById(id: string): Partition | undefined {
  return partitions.find((partition) => partition.id === id);
}

/** The partition a region belongs to. The longest prefix wins: `us-gov-west-1` also begins with `us-`. */
export function partitionOfRegion(region: string): Partition | undefined {
  let best: Partition | undefined;
  let length = 0;
  for (const partition of partitions) {
    for (const prefix of partition.regionPrefixes) {
      if (region.startsWith(prefix) && prefix.length > length) {
        best = partition;
        length = prefix.length;
      }
    }
  }
  return best;
}
