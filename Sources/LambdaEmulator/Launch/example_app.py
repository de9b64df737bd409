"""The example of `lanes run --example` where there is no curl: the same as its shell script."""

import json
import time

# Function init: what runs once, before the first request.
print("lanes: warm cache begin")
time.sleep(0.3)
print("lanes: warm cache end")

count = 0


def handler(event, context):
    global count
    count += 1
    print(f"request {count} of this environment: {json.dumps(event)}")
    time.sleep(0.1)
    return {"hello": "from lanes", "requests": count}
