#define _GNU_SOURCE
#include "CSupervisor.h"

#include <fcntl.h>
#include <unistd.h>

int lanes_make_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC | O_NONBLOCK); }
