"""S3, and services the sandbox does not have, told by boto3. Prints one JSON object: what each step gave."""

import json
import sys
import urllib.error
import urllib.request

import boto3
import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

given = json.load(sys.stdin)
steps = {}
owner = given["identities"]["owner"]
management = given["identities"]["management"]


def client(service, identity, region=None, token=None, session=boto3, config=None):
    return session.client(
        service,
        endpoint_url=given["endpoint"],
        region_name=region or given["region"],
        aws_access_key_id=identity["accessKeyId"],
        aws_secret_access_key=identity["secretAccessKey"],
        aws_session_token=token,
        config=Config(retries={"max_attempts": 1}).merge(config or Config()),
    )


def refused(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        response = error.response
        return {
            "code": response["Error"]["Code"],
            "message": response["Error"].get("Message", ""),
            "status": response["ResponseMetadata"]["HTTPStatusCode"],
            "requestId": response["ResponseMetadata"].get("RequestId", ""),
        }
    return None


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, indent=2)


bucket = "boto-revisions"
arn = "arn:aws:s3:::" + bucket
s3 = client("s3", owner)
s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": given["region"]})
body = bytes(range(256)) * 4
put = s3.put_object(Bucket=bucket, Key="a b/ü+1.bin", Body=body, Metadata={"made": "boto"})
got = s3.get_object(Bucket=bucket, Key="a b/ü+1.bin", ChecksumMode="ENABLED")
steps["object"] = {
    "same": got["Body"].read() == body,
    "metadata": got["Metadata"],
    "checksum": put["ChecksumCRC32"] == got["ChecksumCRC32"],
    "head": s3.head_object(Bucket=bucket, Key="a b/ü+1.bin")["ContentLength"],
}
signed = client("s3", owner, config=Config(s3={"payload_signing_enabled": True}))
signed.put_object(Bucket=bucket, Key="signed", Body=b"signed")
unchecked = client("s3", owner, config=Config(request_checksum_calculation="when_required"))
unchecked.put_object(Bucket=bucket, Key="unchecked", Body=b"unchecked")
pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": 1})
steps["keys"] = [item["Key"] for page in pages for item in page["Contents"]]
resource = boto3.resource(
    "s3",
    endpoint_url=given["endpoint"],
    region_name=given["region"],
    aws_access_key_id=owner["accessKeyId"],
    aws_secret_access_key=owner["secretAccessKey"],
)
steps["olderList"] = [item.key for item in resource.Bucket(bucket).objects.all()]
steps["noKey"] = refused(s3.get_object, Bucket=bucket, Key="missing")
steps["noBucket"] = refused(s3.list_objects_v2, Bucket="boto-missing-bucket")
steps["headMissing"] = refused(s3.head_object, Bucket=bucket, Key="missing")
steps["badName"] = refused(s3.create_bucket, Bucket="Bad.Name")
steps["taken"] = refused(
    client("s3", management).create_bucket,
    Bucket=bucket,
    CreateBucketConfiguration={"LocationConstraint": given["region"]},
)
steps["otherRegion"] = client("s3", owner, region="us-east-1").head_bucket(Bucket=bucket)["BucketRegion"]
steps["tooLarge"] = refused(s3.put_object, Bucket=bucket, Key="large", Body=b"x" * 2_000_000)
steps["multipart"] = refused(s3.create_multipart_upload, Bucket=bucket, Key="large")
steps["wrongSecret"] = refused(client("s3", {**owner, "secretAccessKey": "x" * 40}).list_buckets)
steps["unknownKey"] = refused(client("s3", {**owner, "accessKeyId": "AKIAAAAAAAAAAAAAAAAA"}).list_buckets)

v4 = client("s3", owner, config=Config(signature_version="s3v4"))
url = v4.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "signed"}, ExpiresIn=60)
steps["presigned"] = urllib.request.urlopen(url).read().decode()
url = v4.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "by-url"}, ExpiresIn=60)
urllib.request.urlopen(urllib.request.Request(url, data=b"by url", method="PUT"))
steps["presignedPut"] = s3.get_object(Bucket=bucket, Key="by-url")["Body"].read().decode()
whoami = client("sts", owner).generate_presigned_url("get_caller_identity", ExpiresIn=60, HttpMethod="GET")
steps["presignedElsewhere"] = owner["arn"] in urllib.request.urlopen(whoami).read().decode()
try:
    urllib.request.urlopen(given["endpoint"] + "/" + bucket + "/signed")
except urllib.error.HTTPError as error:
    steps["anonymous"] = {"status": error.code, "denied": b"<Code>AccessDenied</Code>" in error.read()}

# The other account's instance role, first without and then with the bucket's policy.
iam = client("iam", management)
trust = policy({"Effect": "Allow", "Principal": {"AWS": management["accountId"]}, "Action": "sts:AssumeRole"})
role = iam.create_role(RoleName="Reader", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
iam.put_role_policy(
    RoleName="Reader",
    PolicyName="Read",
    PolicyDocument=policy({"Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "*"}),
)
profile = iam.create_instance_profile(InstanceProfileName="Reader")["InstanceProfile"]["Arn"]
iam.add_role_to_instance_profile(InstanceProfileName="Reader", RoleName="Reader")
session = client("sts", management).assume_role(RoleArn=role, RoleSessionName="boto")["Credentials"]
reader = client(
    "s3",
    {"accessKeyId": session["AccessKeyId"], "secretAccessKey": session["SecretAccessKey"]},
    token=session["SessionToken"],
)
read = {"Bucket": bucket, "Key": "signed"}


def allow(principal, *resources):
    return policy(
        {
            "Sid": "Allow the instances",
            "Effect": "Allow",
            "Principal": {"AWS": principal},
            "Action": ["s3:Get*", "s3:List*"],
            "Resource": list(resources),
        }
    )


steps["before"] = refused(reader.get_object, **read)
steps["profileAsPrincipal"] = refused(s3.put_bucket_policy, Bucket=bucket, Policy=allow(profile, arn, arn + "/*"))
steps["publicPolicy"] = refused(s3.put_bucket_policy, Bucket=bucket, Policy=allow("*", arn + "/*"))
s3.put_bucket_policy(Bucket=bucket, Policy=allow(role, arn + "/*"))
steps["after"] = reader.get_object(**read)["Body"].read().decode()
steps["listNotNamed"] = refused(reader.list_objects_v2, Bucket=bucket)
s3.put_bucket_policy(Bucket=bucket, Policy=allow(role, arn, arn + "/*"))
steps["listNamed"] = reader.list_objects_v2(Bucket=bucket)["KeyCount"]
steps["shown"] = json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"])["Statement"][0]["Principal"]["AWS"] == role

# Services that are not there, in each of AWS's protocols.
steps["ec2"] = refused(client("ec2", owner).describe_instances)
steps["lambda"] = refused(client("lambda", owner).list_functions)
steps["dynamodb"] = refused(client("dynamodb", owner).list_tables)
steps["codedeploy"] = refused(client("codedeploy", owner).list_applications)
steps["cloudformation"] = refused(client("cloudformation", owner).describe_stacks)
steps["route53"] = refused(client("route53", owner).list_hosted_zones)
steps["cloudwatch"] = refused(client("cloudwatch", owner).list_metrics)
steps["lambdaWrongSecret"] = refused(client("lambda", {**owner, "secretAccessKey": "x" * 40}).list_functions)

# The same service once more, by the protocol in CBOR that it has too.
core = botocore.session.get_session()
loader = core.get_component("data_loader")
load = loader.load_service_model


def in_cbor(service_name, type_name, api_version=None):
    model = load(service_name, type_name, api_version)
    if service_name == "cloudwatch" and type_name == "service-2":
        model = {**model, "metadata": {**model["metadata"], "protocols": ["smithy-rpc-v2-cbor"]}}
    return model


loader.load_service_model = in_cbor
cbor = client("cloudwatch", owner, session=boto3.Session(botocore_session=core))
steps["cborProtocol"] = cbor.meta.service_model.resolved_protocol
steps["cbor"] = refused(cbor.list_metrics)
json.dump(steps, sys.stdout)
