"""A program that was given credentials once, in its environment, and calls AWS with them every second.

One line of JSON for each answer: when it came (ms since the epoch, this computer's clock), and AWS's code if it refused.
"""

import json
import os
import sys
import time

import boto3
from botocore.exceptions import ClientError

# Taken out of the environment: nothing could be fetched anew, whatever botocore might think of.
held = boto3.client(
    "iam",
    region_name=os.environ["AWS_DEFAULT_REGION"],
    endpoint_url=os.environ["AWS_ENDPOINT_URL"],
    aws_access_key_id=os.environ.pop("AWS_ACCESS_KEY_ID"),
    aws_secret_access_key=os.environ.pop("AWS_SECRET_ACCESS_KEY"),
    aws_session_token=os.environ.pop("AWS_SESSION_TOKEN"),
)

while True:
    code = ""
    try:
        held.list_account_aliases()
    except ClientError as error:
        code = error.response["Error"]["Code"]
    print(json.dumps({"at": int(time.time() * 1000), "code": code}))
    sys.stdout.flush()
    time.sleep(1)
