"""simfaas_arrivals.py ARRIVALS_PER_SECOND ARRIVALS: prints `arrivals cpu-seconds peak-bytes` of one simulation.

The same function as the simulator benchmark: idle timeout 60 s, warm mean 1.991 s, cold mean 2.244 s.
"""

import resource
import sys
import time

from simfaas.ServerlessSimulator import ServerlessSimulator

rate = float(sys.argv[1])
arrivals = int(sys.argv[2])
simulator = ServerlessSimulator(
    arrival_rate=rate,
    warm_service_rate=1 / 1.991,
    cold_service_rate=1 / 2.244,
    expiration_threshold=60,
    max_time=arrivals / rate,
)
begin = time.thread_time()
simulator.generate_trace(debug_print=False, progress=False)
seconds = time.thread_time() - begin
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(simulator.total_req_count, seconds, peak)
