"""The example of `lanes run --example`: a small function whose cold start has something to show."""

import json
import time
from urllib import request  # every cold start pays for it, whoever needs it

# Function init: all of this runs once in an environment, before its first request.
print("lanes: load settings begin")
time.sleep(0.3)  # in a real function: a request to another service
print("lanes: load settings end")

count = 0


def handler(event, context):
    global count
    count += 1
    print(f"request {count} of this environment: {json.dumps(event)}")
    time.sleep(0.1)
    return {"hello": "from lanes", "requests": count}
