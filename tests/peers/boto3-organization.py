"""An organization with an account of its own, told by boto3. Prints one JSON object: what each step gave."""

import datetime
import json
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

given = json.load(sys.stdin)
management, deployer = given["identities"]["management"], given["identities"]["deployer"]
steps = {}


def client(service, keys, token=None, region=given["region"]):
    return boto3.client(
        service,
        endpoint_url=given["endpoint"],
        region_name=region,
        aws_access_key_id=keys["accessKeyId"],
        aws_secret_access_key=keys["secretAccessKey"],
        aws_session_token=token,
        config=Config(retries={"max_attempts": 1}),
    )


def with_session(service, credentials):
    keys = {"accessKeyId": credentials["AccessKeyId"], "secretAccessKey": credentials["SecretAccessKey"]}
    return client(service, keys, credentials["SessionToken"])


def refused(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return {"code": error.response["Error"]["Code"], "message": error.response["Error"]["Message"]}
    return None


def trust(principal, external_id=None):
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}
    if external_id is not None:
        statement["Condition"] = {"StringEquals": {"sts:ExternalId": external_id}}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def allow(*actions):
    return json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}]}
    )


organizations = client("organizations", management, region="us-east-1")
steps["none"] = refused(organizations.describe_organization)
organization = organizations.create_organization(FeatureSet="ALL")["Organization"]
steps["organization"] = organization["Id"]
root = organizations.list_roots()["Roots"][0]
unit = organizations.create_organizational_unit(ParentId=root["Id"], Name="Deployments")["OrganizationalUnit"]

status = organizations.create_account(Email="ops+boto@example.com", AccountName="Boto")["CreateAccountStatus"]
steps["asked"] = status["State"]
deadline = time.monotonic() + 30
while status["State"] == "IN_PROGRESS" and time.monotonic() < deadline:
    time.sleep(0.25)
    status = organizations.describe_create_account_status(CreateAccountRequestId=status["Id"])["CreateAccountStatus"]
steps["created"] = status["State"]
account = status["AccountId"]
organizations.move_account(AccountId=account, SourceParentId=root["Id"], DestinationParentId=unit["Id"])
steps["unit"] = organizations.list_parents(ChildId=account)["Parents"][0]["Id"] == unit["Id"]
paginator = organizations.get_paginator("list_accounts")
steps["accounts"] = [one["Id"] == account for page in paginator.paginate() for one in page["Accounts"]].count(True)

access = client("sts", management).assume_role(
    RoleArn=f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole", RoleSessionName="setting-up"
)["Credentials"]
iam = with_session("iam", access)
role = iam.create_role(
    RoleName="DeployAccess",
    AssumeRolePolicyDocument=trust(f"arn:aws:iam::{deployer['accountId']}:root", "boto-organization-1"),
)["Role"]["Arn"]
iam.put_role_policy(
    RoleName="DeployAccess", PolicyName="See", PolicyDocument=allow("iam:ListAccountAliases", "sts:AssumeRole")
)
iam.create_role(RoleName="Further", AssumeRolePolicyDocument=trust(role))
iam.put_role_policy(RoleName="Further", PolicyName="See", PolicyDocument=allow("iam:ListAccountAliases"))

sts = client("sts", deployer)
asked = {"RoleArn": role, "RoleSessionName": "deploying"}
steps["withoutExternalId"] = refused(sts.assume_role, **asked)
steps["wrongExternalId"] = refused(sts.assume_role, **asked, ExternalId="boto-organization-2")
session = sts.assume_role(**asked, ExternalId="boto-organization-1")["Credentials"]
steps["works"] = with_session("iam", session).list_account_aliases()["AccountAliases"]

further = {"RoleArn": f"arn:aws:iam::{account}:role/Further", "RoleSessionName": "chained"}
chained = with_session("sts", session).assume_role(**further)["Credentials"]
steps["chained"] = with_session("sts", chained).get_caller_identity()["Arn"].split(":")[-1]
steps["chainTooLong"] = refused(with_session("sts", session).assume_role, **further, DurationSeconds=3601)

policy = organizations.create_policy(
    Name="NoAliases",
    Description="",
    Type="SERVICE_CONTROL_POLICY",
    Content=json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "iam:ListAccountAliases", "Resource": "*"}]}
    ),
)["Policy"]["PolicySummary"]["Id"]
organizations.attach_policy(PolicyId=policy, TargetId=unit["Id"])
steps["underServiceControl"] = refused(with_session("iam", session).list_account_aliases)
organizations.detach_policy(PolicyId=policy, TargetId=unit["Id"])
steps["afterServiceControl"] = with_session("iam", session).list_account_aliases()["AccountAliases"]

cutoff = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=1)
deny = {
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
iam.put_role_policy(RoleName="DeployAccess", PolicyName="AWSRevokeOlderSessions", PolicyDocument=json.dumps(deny))
steps["olderRevoked"] = refused(with_session("iam", session).list_account_aliases)
time.sleep(1.5)
newer = sts.assume_role(**asked, ExternalId="boto-organization-1")["Credentials"]
steps["newerWorks"] = with_session("iam", newer).list_account_aliases()["AccountAliases"]

for name in iam.list_role_policies(RoleName="DeployAccess")["PolicyNames"]:
    iam.delete_role_policy(RoleName="DeployAccess", PolicyName=name)
iam.delete_role(RoleName="DeployAccess")
steps["oldCredentials"] = refused(with_session("iam", newer).list_account_aliases)
steps["noMore"] = refused(sts.assume_role, **asked, ExternalId="boto-organization-1")

organizations.close_account(AccountId=account)
steps["closing"] = organizations.describe_account(AccountId=account)["Account"]["State"]
json.dump(steps, sys.stdout)
