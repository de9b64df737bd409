"""A function whose init and whose requests last until the test lets them go on: no sleep decides anything."""
import os
import time


def wait_for(name):
    while not os.path.exists(name):
        time.sleep(0.005)


print("app: init begins", flush=True)
wait_for("init.go")


def handler(event, context):
    if "wait" in event:
        print("app: working", flush=True)
        wait_for(event["wait"])
    return {"answer": event.get("question", "none")}
