import { allow, anna, deny, handPicked, policy, type Context, type HandPicked } from './policy-hand-picked';

type Condition = Readonly<Record<string, Readonly<Record<string, string | boolean | number | readonly string[]>>>>;

const statement = (Condition: Condition) => allow('s3:*', '*', { Condition });

/** The condition holds: the statement that has it allows. */
const holds = (name: string, condition: Condition, context: Context, oracleDiffers?: string): HandPicked =>
  handPicked(name, 'allowed', {
    identity: [policy(statement(condition))],
    context,
    ...(oracleDiffers === undefined ? {} : { oracleDiffers }),
  });

/** The condition does not hold: the statement that has it says nothing. */
const fails = (name: string, condition: Condition, context: Context, oracleDiffers?: string): HandPicked => ({
  ...holds(name, condition, context, oracleDiffers),
  expected: 'implicitDeny',
});

/** A denial under the condition, beside an allowance of everything. */
const denies = (name: string, condition: Condition, context: Context): HandPicked =>
  handPicked(name, 'explicitDeny', {
    identity: [policy(allow(), deny('s3:*', '*', { Condition: condition }))],
    context,
  });

const team = 'aws:PrincipalTag/team';
const noon = '2026-11-22T12:00:00Z';

const strings: readonly HandPicked[] = [
  holds('StringEquals fits the same text', { StringEquals: { [team]: 'platform' } }, { [team]: 'platform' }),
  fails('StringEquals minds the case of values', { StringEquals: { [team]: 'platform' } }, { [team]: 'Platform' }),
  fails('StringEquals knows no wildcards', { StringEquals: { [team]: 'plat*' } }, { [team]: 'platform' }),
  holds('values of one key are alternatives', { StringEquals: { [team]: ['data', 'platform'] } }, { [team]: 'data' }),
  fails('StringEquals without the key is false', { StringEquals: { [team]: 'platform' } }, {}),
  holds('StringEqualsIfExists without the key is true', { StringEqualsIfExists: { [team]: 'platform' } }, {}),
  fails(
    'StringEqualsIfExists compares a key that is there',
    { StringEqualsIfExists: { [team]: 'a' } },
    { [team]: 'b' },
  ),
  holds('StringNotEquals without the key is true', { StringNotEquals: { [team]: 'platform' } }, {}),
  fails(
    'of a negated operator’s values none may fit',
    { StringNotEquals: { [team]: ['data', 'platform'] } },
    { [team]: 'data' },
  ),
  denies('a denial with StringNotEquals meets the request without the key', { StringNotEquals: { [team]: 'a' } }, {}),
  denies(
    'a denial with StringNotEqualsIfExists meets the request without the key',
    { StringNotEqualsIfExists: { [team]: 'a' } },
    {},
  ),
  holds(
    'StringEqualsIgnoreCase does not mind the case',
    { StringEqualsIgnoreCase: { [team]: 'PLATFORM' } },
    { [team]: 'Platform' },
  ),
  fails(
    'StringNotEqualsIgnoreCase does not mind the case',
    { StringNotEqualsIgnoreCase: { [team]: 'PLATFORM' } },
    { [team]: 'Platform' },
  ),
  holds('StringLike takes * and ?', { StringLike: { [team]: 'pl?t*m' } }, { [team]: 'platform' }),
  fails('StringLike minds the case', { StringLike: { [team]: 'Plat*' } }, { [team]: 'platform' }),
  holds('StringLike * fits any value, also an empty one', { StringLike: { [team]: '*' } }, { [team]: '' }),
  fails('StringLike * wants the key all the same', { StringLike: { [team]: '*' } }, {}),
  fails('StringNotLike refuses what fits', { StringNotLike: { [team]: 'plat*' } }, { [team]: 'platform' }),
  holds('StringNotLike without the key is true', { StringNotLike: { [team]: 'plat*' } }, {}),
  holds('condition keys do not mind the case', { StringEquals: { 'AWS:PRINCIPALTAG/TEAM': 'a' } }, { [team]: 'a' }),
  fails(
    'all keys of a block must hold',
    { StringEquals: { [team]: 'a', 'aws:PrincipalTag/city': 'bergen' } },
    { [team]: 'a', 'aws:PrincipalTag/city': 'oslo' },
  ),
  fails(
    'all operators of a block must hold',
    { StringEquals: { [team]: 'a' }, Bool: { 'aws:SecureTransport': 'true' } },
    { [team]: 'a', 'aws:SecureTransport': 'false' },
  ),
];

const age = 'aws:MultiFactorAuthAge';
const numbers: readonly HandPicked[] = [
  holds('NumericEquals compares numbers, not digits', { NumericEquals: { [age]: '300' } }, { [age]: '300.0' }),
  fails('NumericNotEquals refuses the same number', { NumericNotEquals: { [age]: '300' } }, { [age]: '300' }),
  holds('NumericNotEquals without the key is true', { NumericNotEquals: { [age]: '300' } }, {}),
  holds('NumericLessThan by value, not by text', { NumericLessThan: { [age]: '1000' } }, { [age]: '900' }),
  fails('NumericLessThan excludes its bound', { NumericLessThan: { [age]: '300' } }, { [age]: '300' }),
  holds('NumericLessThanEquals includes its bound', { NumericLessThanEquals: { [age]: '300' } }, { [age]: '300' }),
  fails('NumericGreaterThan excludes its bound', { NumericGreaterThan: { [age]: '300' } }, { [age]: '300' }),
  holds('NumericGreaterThanEquals includes its bound', { NumericGreaterThanEquals: { [age]: 300 } }, { [age]: '300' }),
  fails('NumericLessThan without the key is false', { NumericLessThan: { [age]: '300' } }, {}),
  holds('NumericLessThanIfExists without the key is true', { NumericLessThanIfExists: { [age]: '300' } }, {}),
];

const issued = 'aws:TokenIssueTime';
const dates: readonly HandPicked[] = [
  holds(
    'DateEquals compares moments over time zones',
    { DateEquals: { [issued]: noon } },
    { [issued]: '2026-11-22T13:00:00+01:00' },
  ),
  fails('DateNotEquals refuses the same moment', { DateNotEquals: { [issued]: noon } }, { [issued]: noon }),
  holds('DateNotEquals without the key is true', { DateNotEquals: { [issued]: noon } }, {}),
  holds('DateLessThan: earlier', { DateLessThan: { [issued]: noon } }, { [issued]: '2026-11-22T11:59:59Z' }),
  fails('DateLessThan excludes its bound', { DateLessThan: { [issued]: noon } }, { [issued]: noon }),
  holds('DateLessThanEquals includes its bound', { DateLessThanEquals: { [issued]: noon } }, { [issued]: noon }),
  fails('DateGreaterThan excludes its bound', { DateGreaterThan: { [issued]: noon } }, { [issued]: noon }),
  holds('DateGreaterThanEquals includes its bound', { DateGreaterThanEquals: { [issued]: noon } }, { [issued]: noon }),
  holds('a date alone is its first moment', { DateGreaterThan: { [issued]: '2026-11-22' } }, { [issued]: noon }),
  holds(
    'a date may be seconds since 1970',
    { DateEquals: { [issued]: '1795348800' } },
    { [issued]: noon },
    'It takes whole numbers for milliseconds. IAM User Guide, “Date condition operators”: UNIX time is in seconds.',
  ),
  holds(
    'both sides may be seconds since 1970',
    { DateLessThan: { 'aws:EpochTime': '1795348800' } },
    { 'aws:EpochTime': '1795348799' },
  ),
  denies(
    'AWSRevokeOlderSessions: a session from before the cut-off is denied',
    { DateLessThan: { [issued]: noon } },
    { [issued]: '2026-11-22T11:00:00Z' },
  ),
  handPicked('AWSRevokeOlderSessions: long-term keys have no issue time and are not met', 'allowed', {
    identity: [policy(allow(), deny('*', '*', { Condition: { DateLessThan: { [issued]: noon } } }))],
  }),
];

const mfa = 'aws:MultiFactorAuthPresent';
const ip = 'aws:SourceIp';
const arn = 'aws:PrincipalArn';
const blob = 'aws:PrincipalTag/blob';
const others: readonly HandPicked[] = [
  holds('Bool does not mind the case', { Bool: { [mfa]: 'TRUE' } }, { [mfa]: 'true' }),
  holds('Bool takes JSON’s own', { Bool: { [mfa]: true } }, { [mfa]: 'true' }),
  fails('Bool true without the key is false: long-term keys have no MFA', { Bool: { [mfa]: 'true' } }, {}),
  fails('Bool false without the key is false too', { Bool: { [mfa]: 'false' } }, {}),
  holds('BoolIfExists without the key is true', { BoolIfExists: { [mfa]: 'true' } }, {}),
  denies('a denial with BoolIfExists false meets long-term keys', { BoolIfExists: { [mfa]: 'false' } }, {}),
  holds('BinaryEquals compares base64 text', { BinaryEquals: { [blob]: 'QmluYXJ5' } }, { [blob]: 'QmluYXJ5' }),
  fails('BinaryEquals minds the case', { BinaryEquals: { [blob]: 'QmluYXJ5' } }, { [blob]: 'qmluyxj5' }),
  holds('IpAddress: inside the range', { IpAddress: { [ip]: '203.0.113.0/24' } }, { [ip]: '203.0.113.255' }),
  fails('IpAddress: outside the range', { IpAddress: { [ip]: '203.0.113.0/24' } }, { [ip]: '203.0.114.0' }),
  holds('IpAddress without a width is one address', { IpAddress: { [ip]: '203.0.113.7' } }, { [ip]: '203.0.113.7' }),
  fails('IpAddress without the key is false', { IpAddress: { [ip]: '0.0.0.0/0' } }, {}),
  holds('IpAddressIfExists without the key is true', { IpAddressIfExists: { [ip]: '203.0.113.0/24' } }, {}),
  holds('IpAddress: version 6', { IpAddress: { [ip]: '2001:db8:1234:5678::/64' } }, { [ip]: '2001:db8:1234:5678::9' }),
  fails(
    'IpAddress: version 6 outside',
    { IpAddress: { [ip]: '2001:db8:1234:5678::/64' } },
    { [ip]: '2001:db8:1234:5679::9' },
  ),
  holds(
    'IpAddress: the same version 6 address in another writing',
    { IpAddress: { [ip]: '2001:db8::1' } },
    { [ip]: '2001:0db8:0000:0000:0000:0000:0000:0001' },
    'It compares single version 6 addresses as text. IAM User Guide, “IP address condition operators”: values are addresses as RFC 4291 has them.',
  ),
  fails(
    'IpAddress: a version 4 range holds no version 6 address',
    { IpAddress: { [ip]: '0.0.0.0/0' } },
    { [ip]: '2001:db8::1' },
  ),
  holds(
    'NotIpAddress: a version 6 address is outside of version 4 ranges',
    { NotIpAddress: { [ip]: '203.0.113.0/24' } },
    { [ip]: '2001:db8::1' },
  ),
  fails(
    'NotIpAddress: inside one of two ranges',
    { NotIpAddress: { [ip]: ['203.0.113.0/24', '10.0.0.0/8'] } },
    { [ip]: '10.1.2.3' },
  ),
  holds('NotIpAddress without the key is true', { NotIpAddress: { [ip]: '203.0.113.0/24' } }, {}),
  holds(
    'ArnEquals takes wildcards as ArnLike does',
    { ArnEquals: { [arn]: 'arn:aws:iam::*:user/an?a' } },
    { [arn]: anna },
  ),
  holds(
    'ArnLike: * covers paths',
    { ArnLike: { [arn]: 'arn:aws:iam::111122223333:role/*' } },
    { [arn]: 'arn:aws:iam::111122223333:role/a/b/c' },
  ),
  fails(
    'ArnLike: a wildcard stays in its field',
    { ArnLike: { [arn]: 'arn:aws:*:111122223333:user/anna' } },
    { [arn]: anna },
  ),
  fails('ArnLike minds the case', { ArnLike: { [arn]: 'arn:aws:iam::111122223333:user/Anna' } }, { [arn]: anna }),
  fails('ArnNotLike refuses what fits', { ArnNotLike: { [arn]: 'arn:aws:iam::*:user/*' } }, { [arn]: anna }),
  holds('ArnNotEquals without the key is true', { ArnNotEquals: { 'aws:SourceArn': 'arn:aws:s3:::x' } }, {}),
  fails('ArnLike without the key is false', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }, {}),
  holds('ArnLikeIfExists without the key is true', { ArnLikeIfExists: { 'aws:SourceArn': 'arn:aws:s3:::x' } }, {}),
  holds('Null true: the key is absent', { Null: { [issued]: 'true' } }, {}),
  fails('Null true: the key is there', { Null: { [issued]: 'true' } }, { [issued]: noon }),
  holds('Null false: the key is there', { Null: { [issued]: 'false' } }, { [issued]: noon }),
  denies('a denial of long-term keys by Null', { Null: { [issued]: true } }, {}),
];

const tagKeys = 'aws:TagKeys';
const sets: readonly HandPicked[] = [
  holds(
    'ForAnyValue: one of them fits',
    { 'ForAnyValue:StringEquals': { [tagKeys]: ['a', 'b'] } },
    { [tagKeys]: ['x', 'b'] },
  ),
  fails('ForAnyValue: none fits', { 'ForAnyValue:StringEquals': { [tagKeys]: ['a', 'b'] } }, { [tagKeys]: ['x', 'y'] }),
  fails('ForAnyValue without the key is false', { 'ForAnyValue:StringEquals': { [tagKeys]: ['a'] } }, {}),
  fails(
    'ForAnyValue of a negated operator without the key is false',
    { 'ForAnyValue:StringNotEquals': { [tagKeys]: ['a'] } },
    {},
  ),
  holds(
    'ForAnyValue of a negated operator: one is another',
    { 'ForAnyValue:StringNotEquals': { [tagKeys]: ['a'] } },
    { [tagKeys]: ['a', 'b'] },
  ),
  fails('ForAnyValue of an empty set is false', { 'ForAnyValue:StringLike': { [tagKeys]: ['*'] } }, { [tagKeys]: [] }),
  holds(
    'ForAllValues: every value is one of them',
    { 'ForAllValues:StringEquals': { [tagKeys]: ['a', 'b'] } },
    { [tagKeys]: ['b', 'a'] },
  ),
  fails(
    'ForAllValues: one is not',
    { 'ForAllValues:StringEquals': { [tagKeys]: ['a', 'b'] } },
    { [tagKeys]: ['a', 'c'] },
  ),
  holds('ForAllValues without the key is true', { 'ForAllValues:StringEquals': { [tagKeys]: ['a'] } }, {}),
  holds(
    'ForAllValues of an empty set is true',
    { 'ForAllValues:StringEquals': { [tagKeys]: ['a'] } },
    { [tagKeys]: [] },
  ),
  holds(
    'ForAllValues of the null data set, an empty text, is true',
    { 'ForAllValues:StringEquals': { [tagKeys]: ['a'] } },
    { [tagKeys]: [''] },
    'It compares the empty text. IAM User Guide, “Set operators for multivalued context keys”: a null data set such as an empty string makes it true.',
  ),
  fails(
    'Null false beside ForAllValues closes that gap',
    { 'ForAllValues:StringEquals': { [tagKeys]: ['a'] }, Null: { [tagKeys]: 'false' } },
    {},
  ),
  holds(
    'ForAllValues of a negated operator: none of them',
    { 'ForAllValues:StringNotLike': { [tagKeys]: ['secret-*'] } },
    { [tagKeys]: ['a', 'b'] },
  ),
  fails(
    'ForAllValues of a negated operator: one of them',
    { 'ForAllValues:StringNotLike': { [tagKeys]: ['secret-*'] } },
    { [tagKeys]: ['a', 'secret-b'] },
  ),
  holds(
    'set operators take a key with one value',
    { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-1/r-1/*'] } },
    { 'aws:PrincipalOrgPaths': 'o-1/r-1/ou-1/' },
  ),
  denies(
    'a denial with ForAnyValue meets one bad tag',
    { 'ForAnyValue:StringEquals': { [tagKeys]: ['owner'] } },
    { [tagKeys]: ['a', 'owner'] },
  ),
];

export const conditionCases: readonly HandPicked[] = [...strings, ...numbers, ...dates, ...others, ...sets];
