"""The main job told by boto3, which nobody here wrote. Prints one JSON object: what each step gave."""

import datetime
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

given = json.load(sys.stdin)
steps = {}


def client(service, identity, token=None):
    return boto3.client(
        service,
        endpoint_url=given["endpoint"],
        region_name=given["region"],
        aws_access_key_id=identity["accessKeyId"],
        aws_secret_access_key=identity["secretAccessKey"],
        aws_session_token=token,
        config=Config(retries={"max_attempts": 1}),
    )


def refused(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        response = error.response
        return {
            "code": response["Error"]["Code"],
            "message": response["Error"]["Message"],
            "status": response["ResponseMetadata"]["HTTPStatusCode"],
            "requestId": response["ResponseMetadata"]["RequestId"],
        }
    return None


deployer, owner = given["identities"]["deployer"], given["identities"]["owner"]
sts, iam = client("sts", deployer), client("iam", owner)
trust = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{deployer['accountId']}:root"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"sts:ExternalId": "boto-1"}},
        }
    ],
}

steps["identity"] = sts.get_caller_identity()["Arn"]
steps["wrongSecret"] = refused(client("sts", {**deployer, "secretAccessKey": "a" * 40}).get_caller_identity)
steps["unknownKey"] = refused(client("sts", {**deployer, "accessKeyId": "AKIAAAAAAAAAAAAAAAAA"}).get_caller_identity)

role = iam.create_role(
    RoleName="BotoRole",
    AssumeRolePolicyDocument=json.dumps(trust),
    MaxSessionDuration=7200,
    Tags=[{"Key": "MadeBy", "Value": "boto3"}],
)["Role"]
steps["role"] = {
    "arn": role["Arn"],
    "trustIsTheSame": role["AssumeRolePolicyDocument"] == trust,
    "createDateIsDate": isinstance(role["CreateDate"], datetime.datetime),
}
steps["twice"] = refused(iam.create_role, RoleName="botorole", AssumeRolePolicyDocument=json.dumps(trust))
steps["deniedToDeployer"] = refused(client("iam", deployer).list_roles)

asked = {"RoleArn": role["Arn"], "RoleSessionName": "from-boto", "DurationSeconds": 900}
steps["withoutExternalId"] = refused(sts.assume_role, **asked)
steps["wrongExternalId"] = refused(sts.assume_role, **asked, ExternalId="boto-2")
steps["missingRole"] = refused(sts.assume_role, **{**asked, "RoleArn": role["Arn"] + "x"}, ExternalId="boto-1")
steps["tooLong"] = refused(sts.assume_role, **{**asked, "DurationSeconds": 7201}, ExternalId="boto-1")
answer = sts.assume_role(**asked, ExternalId="boto-1")
credentials = answer["Credentials"]
seconds = (credentials["Expiration"] - answer_time).total_seconds() if (
    answer_time := datetime.datetime.strptime(
        answer["ResponseMetadata"]["HTTPHeaders"]["date"], "%a, %d %b %Y %H:%M:%S GMT"
    ).replace(tzinfo=datetime.timezone.utc)
) else None
session = {"accessKeyId": credentials["AccessKeyId"], "secretAccessKey": credentials["SecretAccessKey"]}
token = credentials["SessionToken"]
steps["session"] = {
    "seconds": seconds,
    "arn": answer["AssumedRoleUser"]["Arn"],
    "seesItself": client("sts", session, token).get_caller_identity()["Arn"],
}
steps["withoutToken"] = refused(client("sts", session).get_caller_identity)

big = sts.assume_role(**asked, ExternalId="boto-1", Policy=json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}))
steps["worksUnderDeny"] = client(
    "sts",
    {"accessKeyId": big["Credentials"]["AccessKeyId"], "secretAccessKey": big["Credentials"]["SecretAccessKey"]},
    big["Credentials"]["SessionToken"],
).get_caller_identity()["Arn"]

live = client("iam", session, token)
iam.attach_role_policy(RoleName="BotoRole", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
steps["aliases"] = live.list_account_aliases()["AccountAliases"]
cutoff = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=30)
iam.put_role_policy(
    RoleName="BotoRole",
    PolicyName="AWSRevokeOlderSessions",
    PolicyDocument=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Deny",
                    "Action": ["*"],
                    "Resource": ["*"],
                    "Condition": {"DateLessThan": {"aws:TokenIssueTime": cutoff.strftime("%Y-%m-%dT%H:%M:%SZ")}},
                }
            ],
        }
    ),
)
steps["revoked"] = refused(live.list_account_aliases)
steps["conflict"] = refused(iam.delete_role, RoleName="BotoRole")
iam.delete_role_policy(RoleName="BotoRole", PolicyName="AWSRevokeOlderSessions")
for page in iam.get_paginator("list_attached_role_policies").paginate(RoleName="BotoRole"):
    for policy in page["AttachedPolicies"]:
        iam.detach_role_policy(RoleName="BotoRole", PolicyArn=policy["PolicyArn"])
iam.delete_role(RoleName="BotoRole")
steps["deleted"] = refused(iam.get_role, RoleName="BotoRole")
steps["afterDeletion"] = refused(live.list_account_aliases)

print(json.dumps(steps, default=str))
