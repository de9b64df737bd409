#!/bin/sh
# Runs the emulator in Managed Instances mode with the extension of demos/, in a mount namespace of its own: it takes
# /opt, /var/task and the name sandbox.localdomain from the machine.
# usage: unshare --mount sh managed-instances.sh SCRATCH EMULATOR PYTHON EXTENSION URL PORT RUNTIME_API_PORT
set -e
scratch=$1 emulator=$2 python=$3 extension=$4 url=$5 port=$6 api=$7
mkdir -p /var/task
mount -t tmpfs none /opt
mkdir /opt/extensions /opt/task /opt/python /opt/home
cp "$extension" /opt/extensions/
cp "$scratch/app.py" /opt/task/
# The runtime runs as another user, who may read neither the tests' folder nor root's.
about() { "$python" -c "import awslambdaric, os, sys; print($1)"; }
cp -r "$(about 'os.path.dirname(os.path.dirname(awslambdaric.__file__))')"/. /opt/python
printf '#!/bin/sh\nPYTHONHOME=/opt/home PYTHONPATH=/opt/python exec /opt/home/bin/%s -m awslambdaric app.handler\n' \
  "$(about '"python%d.%d" % sys.version_info[:2]')" > /opt/bootstrap
chmod -R a+rX /opt
chmod 755 /opt/bootstrap
mount --bind "$(about sys.base_prefix)" /opt/home
mount --bind /opt/task /var/task
printf '127.0.0.1 localhost sandbox.localdomain\n' > /opt/hosts
mount --bind /opt/hosts /etc/hosts
export AWS_LAMBDA_MAX_CONCURRENCY=2 AWS_LAMBDA_FUNCTION_NAME=hello LANES_URL="$url" LANES_EXTENSION_PORT="$8"
exec "$emulator" --runtime-interface-emulator-address "127.0.0.1:$port" --runtime-api-address "127.0.0.1:$api" ignored
