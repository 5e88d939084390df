"""
The AWS CLI without its start: most of a call is Python reading the CLI's modules, and the peers make a thousand calls.

`aws-forks.py serve SOCKET` reads them once and forks for each call; `aws-forks.py call SOCKET -- ARGUMENT...` hands over
arguments, environment, folder and the three streams, and ends with the CLI's own status. What runs in the fork is the
CLI's own `main`, in a process of its own. Both need Python 3.9.
"""

import json
import os
import signal
import socket
import sys


def call(path, arguments):
    server = socket.socket(socket.AF_UNIX)
    server.connect(path)
    message = json.dumps({"argv": arguments, "env": dict(os.environ), "cwd": os.getcwd()}).encode()
    socket.send_fds(server, [len(message).to_bytes(4, "big")], [0, 1, 2])
    server.sendall(message)
    status = server.recv(1)
    return status[0] if status else 255


def serve(path):
    import time

    import awscli.clidriver
    import awscli.handlers  # noqa: F401
    import botocore.session

    # clients are made with what is imported at first use
    botocore.session.Session().create_client(
        "sts", region_name="eu-west-1", aws_access_key_id="none", aws_secret_access_key="none"
    )
    own = os.environ["AWS_DATA_PATH"]
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(64)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    print("ready", flush=True)
    while True:
        client, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            run(client, own, awscli.clidriver.main, time.tzset)
        client.close()


def run(client, data_path, main, set_zone):
    head, streams, _, _ = socket.recv_fds(client, 4, 3)
    length = int.from_bytes(head, "big")
    message = b""
    while len(message) < length:
        part = client.recv(length - len(message))
        if not part:
            # whoever called is gone
            os._exit(255)
        message += part
    wish = json.loads(message)
    os.chdir(wish["cwd"])
    os.environ.clear()
    os.environ.update(wish["env"])
    # the CLI adds its own folder of models when it is imported
    os.environ["AWS_DATA_PATH"] = data_path
    set_zone()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = open(0, encoding="utf-8", closefd=False)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, errors="backslashreplace")
    sys.argv = ["aws", *wish["argv"]]
    try:
        status = main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException as error:
        print(repr(error), file=sys.stderr)
        status = 255
    sys.stdout.flush()
    sys.stderr.flush()
    client.send(bytes([status & 255]))
    os._exit(status & 255)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2])
    sys.exit(call(sys.argv[2], sys.argv[4:]))
