#!/bin/sh
# The example of `lanes run --example` where there is no Python: a runtime and a function in one, which speaks Lambda's
# Runtime API with curl.
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
# Lambda ends a runtime without a signal first: nothing would remove a file of the machine's /tmp, so it lies in the folder
# of the example. Where the example is isolated, that cannot be written, and /tmp goes with its environment.
folder="$LAMBDA_TASK_ROOT"
[ -w "$folder" ] || folder=/tmp
headers="$folder/headers-${AWS_LAMBDA_RUNTIME_API##*:}"

# Function init: what runs once, before the first request.
echo "lanes: load settings begin"
sleep 0.3
echo "lanes: load settings end"

count=0
while event=$(curl -sS --fail -D "$headers" "$api/next"); do
  id=$(tr -d '\r' < "$headers" | sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: //p')
  count=$((count + 1))
  echo "request $count of this environment: $event"
  sleep 0.1
  curl -sS --fail -o /dev/null -H 'Content-Type: application/json' \
    -d "{\"hello\":\"from lanes\",\"requests\":$count}" "$api/$id/response" || exit 1
done
