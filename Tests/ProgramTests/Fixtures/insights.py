"""An `aws` that answers queries of Logs Insights by working them out: as much of its language as lanes uses.

moto knows none of its statistics. `events.json` beside this file is the account: a list of objects with group, stream,
milliseconds and message. Queries are kept beside it until their results are asked for.
"""

import datetime
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent


def option(name):
    return sys.argv[sys.argv.index(name) + 1]


def expression(text):
    """A condition or a sum of Insights as one of Python."""
    text = re.sub(r"@message like /((?:\\/|[^/])*)/", lambda m: f"(re.search({m[1]!r}, message) is not None)", text)
    text = re.sub(r"strcontains\(@message, ('[^']*')\)", r"int(\1 in message)", text)
    return text.replace("toMillis(@timestamp)", "milliseconds")


def value(text, event):
    return eval(expression(text), {"re": re}, {"message": event["message"], "milliseconds": event["milliseconds"]})


def time(milliseconds):
    moment = datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%d %H:%M:%S.") + f"{milliseconds % 1000:03d}"


def count(rows, command):
    """`stats count(*) as a, sum(b) as c, earliest(d) as e by @log, @logStream`."""
    terms, by = re.fullmatch(r"stats (.*) by (.*)", command).groups()
    by = by.split(", ")
    groups = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in by), []).append(row)
    for names, members in groups.items():
        result = dict(zip(by, names))
        for term in terms.split(", "):
            function, field, alias = re.fullmatch(r"(count|sum|earliest)\((.*)\) as (\w+)", term).groups()
            match function:
                case "count": result[alias] = str(len(members))
                case "sum": result[alias] = str(sum(row[field] for row in members))
                case "earliest": result[alias] = min(members, key=lambda row: row["@timestamp"])[field]
        yield result


def answer(query):
    names = query["names"]
    rows = [
        {"event": event, "@timestamp": time(event["milliseconds"]), "@log": "123456789012:" + event["group"],
         "@logStream": event["stream"], "@message": event["message"]}
        for event in json.loads((HERE / "events.json").read_text())
        if event["group"] in names and query["start"] <= event["milliseconds"] / 1000 <= query["end"]
    ]
    shown = None
    for command in query["text"].split("\n| "):
        word, rest = command.split(" ", 1)
        if word == "filter":
            rows = [row for row in rows if value(rest, row["event"])]
        elif word == "fields" and " as " in rest:
            for text, alias in re.findall(r"(.+?) as (\w+)(?:, |$)", rest):
                for row in rows:
                    row[alias] = value(text, row["event"])
        elif word == "fields":
            shown = rest.split(", ")
        elif word == "stats":
            rows = list(count(rows, command))
        elif word == "sort":
            rows.sort(key=lambda row: row[rest.split()[0]])
        elif word == "limit":
            rows = rows[: int(rest)]
        else:
            sys.exit(f"An error occurred (MalformedQueryException): {command}")
    return [[{"field": name, "value": row[name]} for name in shown or row] for row in rows]


match sys.argv[2]:
    case "describe-log-groups":
        groups = sorted({event["group"] for event in json.loads((HERE / "events.json").read_text())})
        print(json.dumps({"logGroups": [{"logGroupName": name, "storedBytes": 1 << 30} for name in groups]}))
    case "filter-log-events":
        events = [
            {"logStreamName": event["stream"], "timestamp": event["milliseconds"], "message": event["message"],
             "ingestionTime": 0, "eventId": str(place)}
            for place, event in enumerate(json.loads((HERE / "events.json").read_text()))
            if event["group"] == option("--log-group-name")
            and int(option("--start-time")) <= event["milliseconds"] <= int(option("--end-time"))
        ]
        print(json.dumps({"events": events}))
    case "start-query":
        names = sys.argv[sys.argv.index("--log-group-names") + 1 :]
        query = {"text": option("--query-string"), "names": names, "start": int(option("--start-time")),
                 "end": int(option("--end-time"))}
        number = len(list(HERE.glob("query-*")))
        while True:
            try:
                (HERE / f"query-{number}").open("x").write(json.dumps(query))
                break
            except FileExistsError:
                number += 1
        print(json.dumps({"queryId": f"query-{number}"}))
    case "get-query-results":
        query = json.loads((HERE / option("--query-id")).read_text())
        print(json.dumps({"results": answer(query), "statistics": {"bytesScanned": 1024.0}, "status": "Complete"}))
