"""Reads OTLP/JSON lines with OpenTelemetry's own protobuf classes and prints the spans as JSON.  usage: otlp.py FILE"""
import base64, json, sys

from google.protobuf import json_format
from opentelemetry.proto.trace.v1.trace_pb2 import TracesData


def with_base64(value):
    """Ids are hexadecimal in OTLP/JSON, and base64 in protobuf's own JSON."""
    if isinstance(value, dict):
        return {
            key: base64.b64encode(bytes.fromhex(item)).decode() if key in ("traceId", "spanId", "parentSpanId") else with_base64(item)
            for key, item in value.items()}
    return [with_base64(item) for item in value] if isinstance(value, list) else value


out = []
for line in open(sys.argv[1], encoding="utf-8"):
    data = json_format.Parse(json.dumps(with_base64(json.loads(line))), TracesData(), ignore_unknown_fields=False)
    spans = [span for r in data.resource_spans for s in r.scope_spans for span in s.spans]
    known = {span.span_id for span in spans}
    assert len(known) == len(spans), "two spans with one id"
    for span in spans:
        assert len(span.trace_id) == 16 and any(span.trace_id) and len(span.span_id) == 8 and any(span.span_id)
        assert span.end_time_unix_nano >= span.start_time_unix_nano > 0
        assert not span.parent_span_id or span.parent_span_id in known, "a parent that is not there"
        flags = {a.key: a.value.bool_value for a in span.attributes if a.value.HasField("bool_value")}
        texts = {a.key: a.value.string_value for a in span.attributes if a.value.HasField("string_value")}
        out.append({
            "name": span.name, "trace": span.trace_id.hex(), "isRoot": not span.parent_span_id,
            "nanoseconds": span.end_time_unix_nano - span.start_time_unix_nano, "cold": flags.get("faas.coldstart"),
            "request": texts.get("faas.invocation_id"), "isError": span.status.code == 2})
print(json.dumps(out))
